namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>A speech ready to be spoken.</summary>
internal sealed record SpeechFile(string Path, double Seconds);
