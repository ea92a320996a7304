using LipSync.Dispatch;
using Microsoft.Extensions.Logging;

namespace LipSync.Slots.Leases;

/// <summary>
/// Where a slot gets its leases. It waits at one shard of its pool, its home; where that is empty it looks at the others before it
/// waits and in between, so that no slot is idle while work waits anywhere. A shard that does not answer is left out until it does.
/// </summary>
public sealed class LeaseSource
{
    /// <summary>Short, because a silo that stops waits for the calls that its queues have running.</summary>
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PollBetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly string slot;
    private readonly Func<Shard[]> find;
    private readonly TimeSpan grace;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private Shard[]? shards;

    public LeaseSource(string slot, string pool, DispatchOptions options, IGrainFactory grains, TimeProvider time, ILogger logger)
    {
        (this.slot, this.time, this.logger) = (slot, time, logger);

        // A queue answers in milliseconds. One whose silo stands still must not keep the slot from the others, and of a lease that
        // comes later too much is gone.
        grace = options.LeaseDuration / 5;

        // From home onwards, so that slots with different homes don't all go to the same shard next.
        var (first, count) = (QueueShards.Home(slot, options.Shards), options.Shards);
        find = () => [.. Enumerable.Range(first, count).Select(shard => new Shard(grains.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf(pool, shard % count))))];
    }

    // Found when they are needed: a silo that has just joined may not know yet who hosts queues, and then no reference can be had.
    private Shard[] Shards => shards ??= find();

    /// <summary>The next item, and the queue that leased it; null: none came for a while.</summary>
    public async Task<(Lease Lease, IWorkQueueGrain Queue)?> Take(CancellationToken cancellationToken)
    {
        if (Shards is [var only])
        {
            return await TakeFrom(only, LongPoll, cancellationToken);
        }

        foreach (var shard in Shards)
        {
            if (await TakeFrom(shard, TimeSpan.Zero, cancellationToken) is { } taken)
            {
                return taken;
            }
        }

        return await TakeFrom(Shards[0], PollBetweenLooks, cancellationToken);
    }

    private async Task<(Lease Lease, IWorkQueueGrain Queue)?> TakeFrom(Shard shard, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (!shard.Answered.IsCompleted)
        {
            await Task.WhenAny(shard.Answered, Task.Delay(wait, time, cancellationToken));
            return null;
        }

        var taking = shard.Queue.Take(slot, wait, cancellationToken);
        try
        {
            return await taking.WaitAsync(wait + grace, time, cancellationToken) is { } lease ? (lease, shard.Queue) : null;
        }
        catch (Exception exception)
        {
            // Its silo stands still or is gone, and the other shards must not wait for it; or the slot drains.
            shard.Answered = ReturnLate(shard.Queue, taking);
            cancellationToken.ThrowIfCancellationRequested();
            SlotLog.QueueSilent(logger, exception, slot, shard.Queue.GetPrimaryKeyString());
            return null;
        }
    }

    /// <summary>What comes when the slot has turned to other queues, or works no more, goes back at once.</summary>
    private async Task ReturnLate(IWorkQueueGrain queue, Task<Lease?> taking)
    {
        try
        {
            if (await taking is { } late)
            {
                await queue.Return(late.Item.Id, late.Fence);
            }
        }
        catch (OperationCanceledException)
        {
            // The queue heard in time that nobody waits any more.
        }
        catch (Exception exception)
        {
            SlotLog.QueueAway(logger, exception, slot, queue.GetPrimaryKeyString());
            await Task.Delay(PauseAfterFailure, time);
        }
    }

    private sealed class Shard(IWorkQueueGrain queue)
    {
        public IWorkQueueGrain Queue { get; } = queue;

        /// <summary>Completes when a question that the queue left unanswered has ended, or some time after one that failed.</summary>
        public Task Answered { get; set; } = Task.CompletedTask;
    }
}
