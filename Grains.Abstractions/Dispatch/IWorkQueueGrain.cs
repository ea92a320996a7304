using System.Collections.Immutable;

namespace LipSync.Dispatch;

/// <summary>
/// The waiting work of one shard of a pool (its key: <c>{pool}/{shard}</c>, see <see cref="Pools"/>): fair between accounts, handed
/// out under leases. It lives in memory only and is rebuilt by the jobs, and by the slots that hold leases, after a loss.
/// </summary>
[Alias("LipSync.IWorkQueueGrain")]
public interface IWorkQueueGrain : IGrainWithStringKey
{
    /// <summary>Adds items; those already waiting or leased are left as they are.</summary>
    [Alias("Enqueue"), ResponseTimeout("00:00:05")]
    Task Enqueue(ImmutableArray<WorkItem> items);

    /// <summary>Waits up to <paramref name="wait"/> (at most 20 s) for the next item. Null: none came.</summary>
    [Alias("Take")]
    Task<Lease?> Take(string slot, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>
    /// Prolongs a lease, also one that a lost predecessor of this queue granted, or that ran out while nobody else took the item.
    /// False: the item is no longer this slot's.
    /// </summary>
    [Alias("Renew"), ResponseTimeout("00:00:02")]
    Task<bool> Renew(WorkItem item, long fence);

    /// <summary>Ends a lease for good. False: it was no longer this slot's.</summary>
    [Alias("Complete"), ResponseTimeout("00:00:05")]
    Task<bool> Complete(WorkItemId item, long fence);

    /// <summary>Gives an item back at once, to be leased by another slot.</summary>
    [Alias("Return"), ResponseTimeout("00:00:05")]
    Task<bool> Return(WorkItemId item, long fence);

    /// <summary>Forgets all items of a job that ended.</summary>
    [Alias("Forget"), ResponseTimeout("00:00:05")]
    Task Forget(string jobId);

    /// <summary>Items that will be served before the job's next one, counted up to 1,000; null where none of the job's waits.</summary>
    [Alias("Position"), ResponseTimeout("00:00:02")]
    Task<int?> Position(string jobId);

    /// <summary>How much waits and is worked on.</summary>
    [Alias("Describe"), ResponseTimeout("00:00:05")]
    Task<QueueLoad> Describe();
}

/// <summary>An item given to one slot until <paramref name="Expires"/>.</summary>
/// <param name="Fence">Grows with every lease; a later lease's holder wins over an earlier one's.</param>
[GenerateSerializer, Immutable, Alias("LipSync.Lease")]
public sealed record Lease(
    [property: Id(0)] WorkItem Item,
    [property: Id(1)] long Fence,
    [property: Id(2)] DateTimeOffset Expires);

/// <summary>The pools of work: each is one queue.</summary>
public static class Pools
{
    /// <summary>Ingest and Assemble: downloads, ffmpeg, finding faces.</summary>
    public const string Cpu = "cpu";

    /// <summary>Analyze and Render: making mouths.</summary>
    public const string Gpu = "gpu";
}
