using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Steps;
using Microsoft.Extensions.Logging;

namespace LipSync.Slots;

/// <summary>
/// The work of one slot, outside every grain's scheduler: lease an item, ask its job what to do, do it, report, let go. One item
/// at a time; a failure of any kind ends the item and never the pump.
/// </summary>
public sealed class SlotPump(
    string slot, string pool, IGrainFactory grains, WorkSteps steps, SlotOptions options, TimeProvider time, ILogger<SlotPump> logger) : IDisposable
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestFailurePause = TimeSpan.FromSeconds(30);

    private readonly IWorkQueueGrain queue = grains.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf(pool, QueueShards.Home(slot, shards: 1)));
    private readonly CancellationTokenSource draining = new();
    private Task pulling = Task.CompletedTask;
    private TimeSpan failurePause = FailurePause;

    public void Start() => pulling = Task.Run(Pull);

    /// <summary>Takes nothing more and stops the running item; completes when that is handed back.</summary>
    public async Task Drain()
    {
        await draining.CancelAsync();
        await pulling;
    }

    public void Dispose() => draining.Dispose();

    private async Task Pull()
    {
        while (!draining.IsCancellationRequested)
        {
            try
            {
                if (await queue.Take(slot, LongPoll, draining.Token) is { } lease)
                {
                    await Work(lease);
                }
            }
            catch (OperationCanceledException) when (draining.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                SlotLog.PullFailed(logger, exception, slot, FailurePause);
                await Pause(FailurePause);
            }
        }
    }

    private async Task Work(Lease lease)
    {
        var item = lease.Item.Id;
        var job = grains.GetGrain<IJobGrain>(item.JobId);
        if (await job.BeginItem(item, lease.Fence) is not { } order)
        {
            await queue.Complete(item, lease.Fence);
            return;
        }

        var outcome = await Run(lease, order, job);
        if (outcome is null)
        {
            return;
        }

        await job.FinishItem(outcome);
        if (outcome.Retryable)
        {
            await queue.Return(item, lease.Fence);

            // A broken machine must not run through the whole queue and fail every job in it.
            failurePause = failurePause * 2 < LongestFailurePause ? failurePause * 2 : LongestFailurePause;
            await Pause(failurePause);
        }
        else
        {
            failurePause = FailurePause;
            await queue.Complete(item, lease.Fence);
        }
    }

    /// <summary>Null: the item is another's now, or was handed back.</summary>
    private async Task<ItemOutcome?> Run(Lease lease, WorkOrder order, IJobGrain job)
    {
        var item = lease.Item.Id;
        var started = time.GetTimestamp();
        await using var heartbeat = new SlotHeartbeat(lease, queue, job, options.Heartbeat, time, logger);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(heartbeat.Lost, draining.Token);
        try
        {
            using var scratch = Scratch.Create(options, slot);
            var result = await steps.Run(order, new StepContext(item.JobId, scratch.Folder, heartbeat), stop.Token);
            SlotLog.ItemFinished(logger, slot, item, time.GetElapsedTime(started));
            return new(item, lease.Fence, result, Error: null, Retryable: false);
        }
        catch (Exception) when (heartbeat.Lost.IsCancellationRequested)
        {
            SlotLog.ItemLost(logger, slot, item);

            await job.ReturnItem(item, lease.Fence);
            return null;
        }
        catch (Exception) when (draining.IsCancellationRequested)
        {
            SlotLog.ItemHandedBack(logger, slot, item);
            await job.ReturnItem(item, lease.Fence);
            await queue.Return(item, lease.Fence);
            return null;
        }
        catch (MediaRefusedException refused)
        {
            SlotLog.InputRefused(logger, slot, item, refused.Code);
            return new(item, lease.Fence, Result: null, new(refused.Code, refused.Message), Retryable: false);
        }
        catch (Exception exception)
        {
            SlotLog.ItemFailed(logger, exception, slot, item);
            return new(item, lease.Fence, Result: null, JobError.ProcessingFailed, Retryable: true);
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
}
