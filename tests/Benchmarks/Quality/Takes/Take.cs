using LipSync.Rendering;
using LipSync.Reports;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>A source made to speak.</summary>
/// <param name="Name">Whose mouth, and what it says.</param>
/// <param name="Plan">The plan's path.</param>
/// <param name="Report">What planning told.</param>
/// <param name="Planned">What the plan asks for.</param>
/// <param name="Video">The finished video's path.</param>
/// <param name="Seen">The mouth found anew in the finished video.</param>
internal sealed record Take(
    string Name, Source Source, PlanRequest Request, string Plan, PlanReport Report, PlannedMouths Planned, string Video, SeenMouth?[] Seen)
{
    /// <summary>What the finished video holds.</summary>
    public NormalVideo Info => Source.Info with { Frames = Request.Map.OutputFrames };
}
