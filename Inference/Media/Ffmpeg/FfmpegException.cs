namespace LipSync.Media.Ffmpeg;

/// <summary>An ffmpeg process failed. The message holds the end of its error output: for logs, never for customers.</summary>
public sealed class FfmpegException(string program, int exitCode, string errors)
    : Exception($"{program} ended with code {exitCode}: {errors}")
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The last 8 kB of what the process wrote to its error output.</summary>
    public string Errors { get; } = errors;
}
