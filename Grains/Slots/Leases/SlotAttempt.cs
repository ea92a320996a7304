using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Steps;
using LipSync.Storage;
using Microsoft.Extensions.Logging;

namespace LipSync.Slots.Leases;

/// <summary>
/// A slot's attempt at an item that it leased: ask its job what to do, do it, tell the job what came of it, let go. Nothing that
/// happens meanwhile is thrown: it is an <see cref="Ending"/>.
/// </summary>
internal sealed class SlotAttempt(
    string slot, Lease lease, IWorkQueueGrain queue, IJobGrain job, WorkSteps steps, SlotOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan DiscardLimit = TimeSpan.FromSeconds(5);

    private readonly ItemReport report = new(slot, lease, job, queue, time, logger);

    /// <summary>Frames that were rendered; 0: the item was another stage's.</summary>
    public int Frames { get; private set; }

    /// <summary>How long the work took, its report not included.</summary>
    public TimeSpan Elapsed { get; private set; }

    private WorkItemId Item => lease.Item.Id;

    /// <param name="outOfPatience">The process stops: the item is handed back.</param>
    public async Task<Ending> Run(CancellationToken outOfPatience)
    {
        Ending ending;

        // The lease is kept alive until its job knows, and no longer: what is given back must not be renewed.
        await using (var heartbeat = new SlotHeartbeat(lease, queue, job, options.Heartbeat, time, logger))
        {
            ending = await WorkAndReport(heartbeat, outOfPatience);
        }

        // Also what was lost: a queue that came to life meanwhile may hold the item for this lease, and nobody else would get it.
        await report.LetGo(isDone: ending is Ending.Finished or Ending.Refused or Ending.Unwanted);
        return ending;
    }

    private async Task<Ending> WorkAndReport(SlotHeartbeat heartbeat, CancellationToken outOfPatience)
    {
        WorkOrder? order;
        try
        {
            order = await job.BeginItem(Item, lease.Fence);
        }
        catch (Exception exception)
        {
            // It may have begun all the same: only the answer is missing.
            SlotLog.NotBegun(logger, exception, slot, Item);

            // A job that stays silent, because its record can't be read perhaps, must not keep slot after slot: it offers the item
            // again once it is back.
            return await report.GiveBack(outOfPatience) || outOfPatience.IsCancellationRequested ? Ending.JobAway : Ending.Unwanted;
        }

        if (order is null)
        {
            return Ending.Unwanted;
        }

        var (ending, outcome) = await Work(order, heartbeat, outOfPatience);
        if (outcome is null)
        {
            await report.GiveBack(outOfPatience);
        }
        else
        {
            ending = await report.Finish(ending, outcome, heartbeat.Lost, outOfPatience);
        }

        if (ending is Ending.Finished)
        {
            SlotLog.ItemFinished(logger, slot, Item, Elapsed);
        }
        else if (ending is not Ending.JobAway)
        {
            await Discard();
        }

        return ending;
    }

    /// <summary>Does what the job ordered. An ending without an outcome is no fault of the item's.</summary>
    private async Task<(Ending Ending, ItemOutcome? Outcome)> Work(WorkOrder order, SlotHeartbeat heartbeat, CancellationToken outOfPatience)
    {
        var started = time.GetTimestamp();
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(heartbeat.Lost, outOfPatience);
            using var scratch = Scratch.Create(options, slot);
            var result = await steps.Run(order, new StepContext(Item.JobId, scratch.Folder, heartbeat), stop.Token);
            (Frames, Elapsed) = (order is RenderOrder render ? render.FrameCount : 0, time.GetElapsedTime(started));
            return (Ending.Finished, new(Item, lease.Fence, result, Error: null, Retryable: false));
        }
        catch (Exception) when (heartbeat.Lost.IsCancellationRequested)
        {
            SlotLog.ItemLost(logger, slot, Item);
            return (Ending.Lost, null);
        }
        catch (Exception) when (outOfPatience.IsCancellationRequested)
        {
            SlotLog.ItemHandedBack(logger, slot, Item);
            return (Ending.HandedBack, null);
        }
        catch (MediaRefusedException refused)
        {
            SlotLog.InputRefused(logger, slot, Item, refused.Code);
            return (Ending.Refused, new(Item, lease.Fence, Result: null, new(refused.Code, refused.Message), Retryable: false));
        }
        catch (MediaStoreUnavailableException unavailable)
        {
            // Neither the item's fault nor the device's: it waits until the store is back.
            SlotLog.StoreAway(logger, unavailable, slot, Item);
            return (Ending.StoreAway, null);
        }
        catch (Exception exception)
        {
            SlotLog.ItemFailed(logger, exception, slot, Item);
            return (Ending.Failed, new(Item, lease.Fence, Result: null, JobError.ProcessingFailed, Retryable: true));
        }
    }

    /// <summary>Deletes what was stored under keys of this attempt's own, which its job did not take.</summary>
    private async Task Discard()
    {
        using var limit = new CancellationTokenSource(DiscardLimit, time);
        try
        {
            await steps.Discard(Item, lease.Fence, limit.Token);
        }
        catch (Exception exception)
        {
            SlotLog.NotDiscarded(logger, exception, slot, Item);
        }
    }
}
