using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Slots.Leases;
using LipSync.Slots.Status;
using LipSync.Steps;
using Microsoft.Extensions.Logging;

namespace LipSync.Slots;

/// <summary>
/// The work of one slot, outside every grain's scheduler: lease an item, make an attempt at it, lease the next. One item at a time; a
/// failure of any kind ends the item and never the pump, until the device is found to be broken.
/// </summary>
public sealed class SlotPump : IAsyncDisposable
{
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
                if (await leases.Take(draining.Token) is { } taken)
                {
                    await PauseAfter(await Work(taken.Lease, taken.Queue));
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
        if (!Status.Begin(lease.Item.Id))
        {
            // It came while the slot was told to drain; its job has not heard of it.
            await queue.Return(lease.Item.Id, lease.Fence);
            return Ending.HandedBack;
        }

        try
        {
            var job = grains.GetGrain<IJobGrain>(lease.Item.Id.JobId);
            var attempt = new SlotAttempt(Slot, lease, queue, job, steps, options, time, logger);
            var ending = await attempt.Run(outOfPatience.Token);
            Judge(ending, lease.Item.Id);
            if (ending is Ending.Finished)
            {
                Status.Finished(attempt.Frames, attempt.Elapsed);
            }

            return ending;
        }
        finally
        {
            Status.End();
        }
    }

    /// <summary>What an ending says about the device.</summary>
    private void Judge(Ending ending, WorkItemId item)
    {
        if (ending is Ending.Finished)
        {
            failures.Succeeded(item.Stage);
            failurePause = FailurePause;
        }
        else if (ending is Ending.Failed && failures.Failed(item.Stage, item.JobId) && Status.On(SlotEvent.DeviceFailed))
        {
            SlotLog.Poisoned(logger, Slot, options.PoisonAfter);
        }
    }

    /// <summary>A broken machine must not run through the whole queue and fail every job in it, nor one whose job is away ask for it again and again.</summary>
    private async Task PauseAfter(Ending ending)
    {
        if (ending is Ending.Failed or Ending.StoreAway)
        {
            failurePause = failurePause * 2 < LongestFailurePause ? failurePause * 2 : LongestFailurePause;
            await Pause(failurePause);
        }
        else if (ending is Ending.JobAway)
        {
            await Pause(FailurePause);
        }
    }

    /// <summary>A slot that drains need not wait: it takes nothing more.</summary>
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
}
