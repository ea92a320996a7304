using LipSync.Dispatch;
using Microsoft.Extensions.Logging;

namespace LipSync.Jobs;

public sealed partial class JobGrain
{
    [LoggerMessage(LogLevel.Information, "Job {JobId} is now {Phase}.")]
    private partial void LogPhase(string jobId, JobPhase phase);

    [LoggerMessage(LogLevel.Warning, "A late report on {Item} (fence {Fence}) was refused: the item was leased again (fence {Newer}).")]
    private partial void LogLateReport(WorkItemId item, long fence, long newer);

    [LoggerMessage(LogLevel.Error, "{Item} was begun {Attempts} times and each time its slot was never heard of again; the job is given up.")]
    private partial void LogAttemptsLost(WorkItemId item, int attempts);

    [LoggerMessage(LogLevel.Warning, "An attempt at {Item} failed: {Message}")]
    private partial void LogAttemptFailed(WorkItemId item, string message);
}
