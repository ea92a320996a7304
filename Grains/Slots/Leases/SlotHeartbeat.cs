using LipSync.Dispatch;
using LipSync.Jobs;
using Microsoft.Extensions.Logging;

namespace LipSync.Slots.Leases;

/// <summary>Keeps a lease alive and tells the job how far the item is, until disposed or until the item is no longer this slot's.</summary>
internal sealed class SlotHeartbeat : IProgress<double>, IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task beating;
    private double fraction;

    public SlotHeartbeat(Lease lease, IWorkQueueGrain queue, IJobGrain job, TimeSpan period, TimeProvider time, ILogger logger)
    {
        // Started here, so that no time can pass unseen between the lease and the first beat.
        var timer = new PeriodicTimer(period, time);
        beating = Task.Run(() => Beat(timer, lease, queue, job, logger));
    }

    /// <summary>Cancelled when the item was taken from this slot or its job ended.</summary>
    public CancellationToken Lost => lost.Token;

    public void Report(double value) => Volatile.Write(ref fraction, value);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await beating;
        ending.Dispose();
        lost.Dispose();
    }

    private async Task Beat(PeriodicTimer timer, Lease lease, IWorkQueueGrain queue, IJobGrain job, ILogger logger)
    {
        // The report of the last beat: a job that is slow to answer must not cost the slot its lease.
        var reported = Task.FromResult(true);
        using (timer)
        {
            while (await NextBeat(timer))
            {
                try
                {
                    var last = reported;
                    if (last.IsCompleted)
                    {
                        reported = job.ReportProgress(lease.Item.Id, lease.Fence, Volatile.Read(ref fraction));
                    }

                    if (!await queue.Renew(lease.Item, lease.Fence) || (last.IsCompleted && !await last))
                    {
                        await lost.CancelAsync();
                        return;
                    }
                }
                catch (Exception exception)
                {
                    // One beat may go missing; the lease outlives several, for a call without an answer ends after two seconds.
                    SlotLog.BeatFailed(logger, exception, lease.Item.Id);
                }
            }
        }
    }

    private async Task<bool> NextBeat(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ending.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
