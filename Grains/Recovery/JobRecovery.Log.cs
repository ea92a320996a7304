using Microsoft.Extensions.Logging;

namespace LipSync.Recovery;

public sealed partial class JobRecovery
{
    [LoggerMessage(LogLevel.Information, "Resuming {Count} unfinished jobs.")]
    private partial void LogResuming(int count);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} could not be resumed; its reminder will try again.")]
    private partial void LogResumeFailed(Exception exception, string jobId);

    [LoggerMessage(LogLevel.Warning, "Unfinished jobs could not be looked for; it is tried again.")]
    private partial void LogRecoveryFailed(Exception exception);
}
