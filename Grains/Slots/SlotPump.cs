using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Slots.Status;
using LipSync.Steps;
using LipSync.Storage;
using Microsoft.Extensions.Logging;

namespace LipSync.Slots;

/// <summary>
/// The work of one slot, outside every grain's scheduler: lease an item, ask its job what to do, do it, report, let go. One item
/// at a time; a failure of any kind ends the item and never the pump, until the device is found to be broken.
/// </summary>
public sealed class SlotPump : IAsyncDisposable
{
    private const int ReportAttempts = 5;
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestFailurePause = TimeSpan.FromSeconds(30);

    private readonly LeaseSource leases;
    private readonly IGrainFactory grains;
    private readonly WorkSteps steps;
    private readonly SlotOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly FailureStreak failures;
    private readonly CancellationTokenSource draining = new();
    private readonly CancellationTokenSource outOfPatience;
    private SlotAnnouncer? announcer;
    private Task pulling = Task.CompletedTask;
    private TimeSpan failurePause = FailurePause;

    internal SlotPump(
        SlotStatus status, LeaseSource leases, IGrainFactory grains, WorkSteps steps, SlotOptions options, TimeProvider time, ILogger logger)
    {
        (Status, this.leases, this.grains, this.steps, this.options, this.time, this.logger) = (status, leases, grains, steps, options, time, logger);
        failures = new(options.PoisonAfter);
        outOfPatience = new(Timeout.InfiniteTimeSpan, time);
    }

    public SlotStatus Status { get; }

    private string Slot => Status.Report.Slot;

    public void Start()
    {
        announcer = new(Status, () => grains.GetGrain<ISlotDirectoryGrain>(ISlotDirectoryGrain.Key), options.Announcements, time, logger);
        pulling = Task.Run(Pull);
    }

    /// <summary>
    /// Takes nothing more from this moment on. The running item may end, or is stopped when patience does; completes when it is
    /// reported or handed back.
    /// </summary>
    public async Task Drain()
    {
        // A poisoned slot stays so, but need not wait out its pause either.
        Status.On(SlotEvent.DrainAsked);
        if (!draining.IsCancellationRequested)
        {
            outOfPatience.CancelAfter(options.DrainPatience);
            await draining.CancelAsync();
        }

        await pulling;
    }

    /// <summary>Drains, and falls silent.</summary>
    public async ValueTask DisposeAsync()
    {
        await Drain();
        if (announcer is not null)
        {
            await announcer.DisposeAsync();
        }

        draining.Dispose();
        outOfPatience.Dispose();
    }

    private async Task Pull()
    {
        Status.On(SlotEvent.Started);
        while (Status.Report.Works)
        {
            try
            {
                if (await leases.Take(draining.Token) is { } taken && await Work(taken.Lease, taken.Queue) is Ending.Failed or Ending.StoreAway)
                {
                    // A broken machine must not run through the whole queue and fail every job in it.
                    failurePause = failurePause * 2 < LongestFailurePause ? failurePause * 2 : LongestFailurePause;
                    await Pause(failurePause);
                }
            }
            catch (OperationCanceledException) when (draining.IsCancellationRequested)
            {
                // Draining: the loop ends by itself.
            }
            catch (Exception exception)
            {
                SlotLog.PullFailed(logger, exception, Slot, FailurePause);
                await Pause(FailurePause);
            }
        }
    }

    private async Task<Ending> Work(Lease lease, IWorkQueueGrain queue)
    {
        var item = lease.Item.Id;
        if (!Status.Begin(item))
        {
            // It came while the slot was told to drain; its job has not heard of it.
            await queue.Return(item, lease.Fence);
            return Ending.HandedBack;
        }

        try
        {
            var ending = await Attempt(lease, queue);
            if (ending is Ending.Failed or Ending.HandedBack or Ending.StoreAway)
            {
                await queue.Return(item, lease.Fence);
            }
            else if (ending is not Ending.Lost)
            {
                await queue.Complete(item, lease.Fence);
            }

            return ending;
        }
        finally
        {
            Status.End();
        }
    }

    /// <summary>Does the item and tells its job. The lease is kept alive until then and no longer: what is given back must not be renewed.</summary>
    private async Task<Ending> Attempt(Lease lease, IWorkQueueGrain queue)
    {
        var (item, started) = (lease.Item.Id, time.GetTimestamp());
        var job = grains.GetGrain<IJobGrain>(item.JobId);
        await using var heartbeat = new SlotHeartbeat(lease, queue, job, options.Heartbeat, time, logger);
        if (await job.BeginItem(item, lease.Fence) is not { } order)
        {
            return Ending.Unwanted;
        }

        StageResult result;
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(heartbeat.Lost, outOfPatience.Token);
            using var scratch = Scratch.Create(options, Slot);
            result = await steps.Run(order, new StepContext(item.JobId, scratch.Folder, heartbeat), stop.Token);
        }
        catch (Exception) when (heartbeat.Lost.IsCancellationRequested)
        {
            SlotLog.ItemLost(logger, Slot, item);
            await job.ReturnItem(item, lease.Fence);
            return Ending.Lost;
        }
        catch (Exception) when (outOfPatience.IsCancellationRequested)
        {
            SlotLog.ItemHandedBack(logger, Slot, item);
            await job.ReturnItem(item, lease.Fence);
            return Ending.HandedBack;
        }
        catch (MediaRefusedException refused)
        {
            SlotLog.InputRefused(logger, Slot, item, refused.Code);
            await Report(job, new(item, lease.Fence, Result: null, new(refused.Code, refused.Message), Retryable: false), heartbeat);
            return Ending.Refused;
        }
        catch (MediaStoreUnavailableException unavailable)
        {
            // Neither the item's fault nor the device's: it waits until the store is back.
            SlotLog.StoreAway(logger, unavailable, Slot, item);
            await job.ReturnItem(item, lease.Fence);
            return Ending.StoreAway;
        }
        catch (Exception exception)
        {
            SlotLog.ItemFailed(logger, exception, Slot, item);
            if (failures.Failed(item.Stage, item.JobId) && Status.On(SlotEvent.DeviceFailed))
            {
                SlotLog.Poisoned(logger, Slot, options.PoisonAfter);
            }

            await Report(job, new(item, lease.Fence, Result: null, JobError.ProcessingFailed, Retryable: true), heartbeat);
            return Ending.Failed;
        }

        var elapsed = time.GetElapsedTime(started);
        failures.Succeeded(item.Stage);
        failurePause = FailurePause;
        await Report(job, new(item, lease.Fence, result, Error: null, Retryable: false), heartbeat);
        SlotLog.ItemFinished(logger, Slot, item, elapsed);
        Status.Finished(order is RenderOrder render ? render.FrameCount : 0, elapsed);
        return Ending.Finished;
    }

    /// <summary>The work is done: a job whose silo was lost, or whose store is away, gets the time to come back.</summary>
    private async Task Report(IJobGrain job, ItemOutcome outcome, SlotHeartbeat heartbeat)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await job.FinishItem(outcome);
                return;
            }
            catch (Exception exception) when (attempt < ReportAttempts && !heartbeat.Lost.IsCancellationRequested)
            {
                SlotLog.ReportFailed(logger, exception, Slot, outcome.Item, FailurePause);
                await Pause(FailurePause);
            }
        }
    }

    private async Task Pause(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, time, draining.Token);
        }
        catch (OperationCanceledException)
        {
            // Draining: the loop ends by itself.
        }
    }

    /// <summary>How an attempt at an item ended.</summary>
    private enum Ending
    {
        Finished,

        /// <summary>The input can't be used.</summary>
        Refused,

        /// <summary>The job had no use for it any more.</summary>
        Unwanted,

        /// <summary>Through the machine's fault.</summary>
        Failed,

        /// <summary>The media store can't be reached.</summary>
        StoreAway,

        /// <summary>The slot drains.</summary>
        HandedBack,

        /// <summary>The item is another's now, or its job ended.</summary>
        Lost,
    }
}
