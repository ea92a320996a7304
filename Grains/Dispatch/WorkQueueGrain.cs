using System.Collections.Immutable;
using LipSync.Recovery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace LipSync.Dispatch;

/// <summary>
/// Reentrant, because slots wait in <see cref="Take"/>: each turn leaves the queue whole before it awaits. It calls nobody, so no
/// caller can meet itself here.
/// </summary>
[GrainType("work-queue")]
[Reentrant]
[CollectionAgeLimit(AlwaysActive = true)]
public sealed partial class WorkQueueGrain(
    IOptions<DispatchOptions> options, RecoverySignal recovery, TimeProvider time, ILogger<WorkQueueGrain> logger) : Grain, IWorkQueueGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly FairQueue waiting = new();
    private readonly Dictionary<WorkItemId, DateTimeOffset> waitingSince = [];
    private readonly LinkedList<TaskCompletionSource<Lease?>> takers = new();

    // Ticks of the clock grow faster than anyone leases: fences of this activation exceed those of earlier ones, unless clocks
    // differ or were set back. Then the items that jobs offer, and slots hold, bring along what must be exceeded.
    private readonly LeaseBook leases = new(time.GetUtcNow().UtcTicks, options.Value.LeaseDuration);

    private readonly DateTimeOffset begun = time.GetUtcNow();
    private readonly long begunAt = time.GetTimestamp();

    /// <summary>The queue's own time: a clock that is set neither ends its leases nor prolongs them.</summary>
    private DateTimeOffset Now => begun + time.GetElapsedTime(begunAt);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(
            _ => { Serve(); return Task.CompletedTask; },
            new GrainTimerCreationOptions(options.Value.ExpiryCheck, options.Value.ExpiryCheck) { Interleave = true });

        // It may follow a queue that was lost with its silo: the jobs offer their items again.
        recovery.Raise();
        return Task.CompletedTask;
    }

    public Task Enqueue(ImmutableArray<WorkItem> items)
    {
        foreach (var item in items)
        {
            // Also where the item is here already: its job may have learnt of a later lease than this queue knows.
            leases.Exceed(item.Fence);
            if (!leases.Contains(item.Id) && waiting.Enqueue(item))
            {
                waitingSince[item.Id] = Now;
            }
        }

        Serve();
        return Task.CompletedTask;
    }

    public async Task<Lease?> Take(string slot, TimeSpan wait, CancellationToken cancellationToken)
    {
        var taker = new TaskCompletionSource<Lease?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var place = takers.AddLast(taker);
        Serve();
        try
        {
            return Given(slot, await taker.Task.WaitAsync(wait < LongestWait ? wait : LongestWait, time, cancellationToken));
        }
        catch (TimeoutException)
        {
            // Served between the timeout and this turn: the lease is the taker's all the same.
            return taker.TrySetResult(null) ? null : Given(slot, await taker.Task);
        }
        catch (OperationCanceledException)
        {
            if (!taker.TrySetResult(null) && await taker.Task is { } unwanted)
            {
                await Return(unwanted.Item.Id, unwanted.Fence);
            }

            throw;
        }
        finally
        {
            if (place.List is not null)
            {
                takers.Remove(place);
            }
        }
    }

    public Task<bool> Renew(WorkItem item, long fence)
    {
        if (leases.Contains(item.Id))
        {
            return Task.FromResult(leases.Renew(item.Id, fence, Now));
        }

        if (!MayAdopt(item.Id, fence))
        {
            return Task.FromResult(false);
        }

        LogAdopted(item.Id, fence);
        waiting.TryRemove(item.Id);
        waitingSince.Remove(item.Id);
        leases.Adopt(item, fence, Now);
        return Task.FromResult(true);
    }

    public Task<bool> Complete(WorkItemId item, long fence) => Task.FromResult(leases.End(item, fence) is not null);

    public Task<bool> Return(WorkItemId item, long fence)
    {
        if (leases.End(item, fence) is not { } returned)
        {
            return Task.FromResult(false);
        }

        WaitAgain(returned);
        Serve();
        return Task.FromResult(true);
    }

    public Task Forget(string jobId)
    {
        foreach (var item in waiting.RemoveJob(jobId))
        {
            waitingSince.Remove(item);
        }

        leases.RemoveJob(jobId);
        return Task.CompletedTask;
    }

    public Task<int?> Position(string jobId) => Task.FromResult(waiting.Position(jobId));

    public Task<QueueLoad> Describe() => Task.FromResult(new QueueLoad(
        waiting.Count, leases.Count, waitingSince.Count is 0 ? TimeSpan.Zero : Now - waitingSince.Values.Min()));

    private void WaitAgain(WorkItem item)
    {
        waiting.EnqueueAgain(item);
        waitingSince[item.Id] = Now;
    }

    /// <summary>Whether nobody else had the item since: it waits as this fence, or an earlier one, left it; or this queue never heard of it.</summary>
    private bool MayAdopt(WorkItemId item, long fence) =>
        waiting.Find(item) is { } waits ? fence >= waits.Fence : leases.IsOfAnEarlierBook(fence);

    private Lease? Given(string slot, Lease? lease)
    {
        if (lease is not null)
        {
            LogLeased(slot, lease.Item.Id, lease.Fence);
        }

        return lease;
    }

    /// <summary>Takes back what ran out, then hands out while somebody waits.</summary>
    private void Serve()
    {
        var now = Now;
        foreach (var lost in leases.EndExpired(now))
        {
            LogLeaseExpired(lost.Id, lost.Fence);
            WaitAgain(lost);
        }

        while (now - begun >= options.Value.AdoptionWindow && takers.First is { } place && waiting.TryDequeue(out var item))
        {
            waitingSince.Remove(item!.Id);
            takers.RemoveFirst();
            place.Value.SetResult(leases.Grant(item, now));
        }
    }
}
