using Microsoft.Extensions.Logging;

namespace LipSync.Media;

public sealed partial class MediaSweeper
{
    [LoggerMessage(LogLevel.Information, "Deleted {Count} artifacts below {Prefix} that were older than {Keep}.")]
    private partial void LogSwept(int count, string prefix, TimeSpan keep);

    [LoggerMessage(LogLevel.Warning, "What is old below {Prefix} could not be deleted; the next sweep tries again.")]
    private partial void LogSweepFailed(Exception exception, string prefix);

    [LoggerMessage(LogLevel.Warning, "Outputs that expired could not be listed; the next sweep tries again.")]
    private partial void LogNoExpired(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} could not be told that its output expired; the next sweep tries again.")]
    private partial void LogNotExpired(Exception exception, string jobId);
}
