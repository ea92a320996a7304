namespace LipSync.Media.Ffmpeg;

/// <summary>An ffmpeg process failed. The message holds the end of its error output: for logs, never for customers.</summary>
public sealed class FfmpegException(string program, int exitCode, string errors)
    : Exception($"{program} ended with code {exitCode}: {errors}")
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The last 8 kB of what the process wrote to its error output.</summary>
    public string Errors { get; } = errors;

    /// <summary>
    /// Whether a signal from outside ended it (an operator, a shutdown, a lack of memory): its input is not to blame. ffmpeg answers
    /// 255 to a signal that it catches; 130, 137 and 143 stand for the signals INT, KILL and TERM.
    /// </summary>
    public bool WasKilled => ExitCode is 255 or 130 or 137 or 143;
}
