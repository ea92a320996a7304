namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>A video ready to be spoken by.</summary>
/// <param name="Video">Its normal video's path.</param>
/// <param name="Faces">Its face tracks' path.</param>
/// <param name="Sound">Its own normal sound's path; null where it has none.</param>
/// <param name="Seen">Its own mouth.</param>
internal sealed record Source(Clip Clip, NormalVideo Info, string Video, string Faces, string? Sound, SeenFaces Seen);
