using LipSync.Dispatch;

namespace LipSync.Slots;

/// <summary>
/// Where a slot gets its leases. It waits at one shard of its pool, its home; where that is empty it looks at the others before it
/// waits and in between, so that no slot is idle while work waits anywhere.
/// </summary>
internal sealed class LeaseSource
{
    /// <summary>Short, because a silo that stops waits for the calls that its queues have running.</summary>
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PollBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly string slot;
    private readonly Func<IWorkQueueGrain[]> find;
    private IWorkQueueGrain[]? queues;

    public LeaseSource(string slot, string pool, int shards, IGrainFactory grains)
    {
        this.slot = slot;

        // From home onwards, so that slots with different homes don't all go to the same shard next.
        var first = QueueShards.Home(slot, shards);
        find = () => [.. Enumerable.Range(first, shards).Select(shard => grains.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf(pool, shard % shards)))];
    }

    // Found when they are needed: a silo that has just joined may not know yet who hosts queues, and then no reference can be had.
    private IWorkQueueGrain[] Queues => queues ??= find();

    /// <summary>The next item, and the queue that leased it; null: none came for a while.</summary>
    public async Task<(Lease Lease, IWorkQueueGrain Queue)?> Take(CancellationToken cancellationToken)
    {
        if (Queues is [var only])
        {
            return await TakeFrom(only, LongPoll, cancellationToken);
        }

        foreach (var queue in Queues)
        {
            if (await TakeFrom(queue, TimeSpan.Zero, cancellationToken) is { } taken)
            {
                return taken;
            }
        }

        return await TakeFrom(Queues[0], PollBetweenLooks, cancellationToken);
    }

    private async Task<(Lease Lease, IWorkQueueGrain Queue)?> TakeFrom(IWorkQueueGrain queue, TimeSpan wait, CancellationToken cancellationToken) =>
        await queue.Take(slot, wait, cancellationToken) is { } lease ? (lease, queue) : null;
}
