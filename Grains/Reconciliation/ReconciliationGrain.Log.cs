using Microsoft.Extensions.Logging;

namespace LipSync.Reconciliation;

public sealed partial class ReconciliationGrain
{
    [LoggerMessage(LogLevel.Information, "Credits were compared with jobs: {Report}.")]
    private partial void LogReconciled(ReconciliationReport report);

    [LoggerMessage(LogLevel.Warning, "Credits could not be compared with jobs; it is tried again in the next period.")]
    private partial void LogPassFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Credits of account {AccountId} could not be compared with its jobs; it is tried again in the next period.")]
    private partial void LogAccountFailed(Exception exception, string accountId);

    [LoggerMessage(LogLevel.Warning, "The hold {OperationId} of account {AccountId} has no job: its {Credits} credits are free again.")]
    private partial void LogExpired(string operationId, string accountId, long credits);

    [LoggerMessage(LogLevel.Error, "Account {AccountId} has {Available} credits, but its entries add up to {Sum}: {Entries} entries, the last of which is number {LastSequence}.")]
    private partial void LogUnbalanced(string accountId, long available, long sum, long entries, long lastSequence);
}
