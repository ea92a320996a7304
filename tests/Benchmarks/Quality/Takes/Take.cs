namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>A source made to speak.</summary>
/// <param name="Plan">The plan's path.</param>
/// <param name="Video">The finished video's path.</param>
/// <param name="Seen">The mouth found anew in the finished video.</param>
internal sealed record Take(Source Source, PlanRequest Request, string Plan, PlannedMouths Planned, string Video, SeenFaces Seen);
