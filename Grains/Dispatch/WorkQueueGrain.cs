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
    private readonly LinkedList<TaskCompletionSource<Lease?>> takers = new();

    // Ticks of the clock grow faster than anyone leases: fences of this activation exceed those of every earlier one.
    private readonly LeaseBook leases = new(time.GetUtcNow().UtcTicks, options.Value.LeaseDuration);

    private readonly DateTimeOffset servesFrom = time.GetUtcNow() + options.Value.AdoptionWindow;

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
            if (!leases.Contains(item.Id))
            {
                waiting.Enqueue(item);
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
        var now = time.GetUtcNow();
        if (leases.Contains(item.Id))
        {
            return Task.FromResult(leases.Renew(item.Id, fence, now));
        }

        if (!waiting.TryRemove(item.Id) && !leases.IsOfAnEarlierBook(fence))
        {
            return Task.FromResult(false);
        }

        LogAdopted(item.Id, fence);
        leases.Adopt(item, fence, now);
        return Task.FromResult(true);
    }

    public Task<bool> Complete(WorkItemId item, long fence) => Task.FromResult(leases.End(item, fence) is not null);

    public Task<bool> Return(WorkItemId item, long fence)
    {
        if (leases.End(item, fence) is not { } returned)
        {
            return Task.FromResult(false);
        }

        waiting.EnqueueAgain(returned);
        Serve();
        return Task.FromResult(true);
    }

    public Task Forget(string jobId)
    {
        waiting.RemoveJob(jobId);
        leases.RemoveJob(jobId);
        return Task.CompletedTask;
    }

    public Task<int?> Position(string jobId) => Task.FromResult(waiting.Position(jobId));

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
        var now = time.GetUtcNow();
        foreach (var lost in leases.EndExpired(now))
        {
            LogLeaseExpired(lost.Item.Id, lost.Fence);
            waiting.EnqueueAgain(lost.Item);
        }

        while (now >= servesFrom && takers.First is { } place && waiting.TryDequeue(out var item))
        {
            takers.RemoveFirst();
            place.Value.SetResult(leases.Grant(item!, now));
        }
    }
}
