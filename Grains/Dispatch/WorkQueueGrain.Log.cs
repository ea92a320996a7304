using Microsoft.Extensions.Logging;

namespace LipSync.Dispatch;

public sealed partial class WorkQueueGrain
{
    [LoggerMessage(LogLevel.Debug, "Slot {Slot} leases {Item} (fence {Fence}).")]
    private partial void LogLeased(string slot, WorkItemId item, long fence);

    [LoggerMessage(LogLevel.Information, "The slot that works on {Item} (fence {Fence}) keeps it: nobody else has it.")]
    private partial void LogAdopted(WorkItemId item, long fence);

    [LoggerMessage(LogLevel.Warning, "The lease on {Item} (fence {Fence}) ran out without a word from its slot; another slot gets the item.")]
    private partial void LogLeaseExpired(WorkItemId item, long fence);
}
