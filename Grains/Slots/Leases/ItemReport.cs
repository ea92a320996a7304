using LipSync.Dispatch;
using LipSync.Jobs;
using Microsoft.Extensions.Logging;

namespace LipSync.Slots.Leases;

/// <summary>
/// Tells a leased item's job how its attempt ended, and then its queue to let go. A job whose silo was lost, or whose store is away,
/// gets the time to come back; nothing here throws, for what can't be told is found out when the lease runs out.
/// </summary>
internal sealed class ItemReport(string slot, Lease lease, IJobGrain job, IWorkQueueGrain queue, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Within this a silo that died or stands still is noticed, and its grains are back elsewhere.</summary>
    private static readonly TimeSpan Comeback = TimeSpan.FromSeconds(30);

    /// <summary>How long a result is held for a job that can't take it while the lease lasts; not for ever, for that would take the slot away.</summary>
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(10);

    /// <summary>How long a stopping process, whose patience is over, still tries to give its item back.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private WorkItemId Item => lease.Item.Id;

    /// <summary>
    /// Tells the job what came of its item. Answers the attempt's ending, or that the item is another slot's by now, or that the job
    /// could not be told: then the item is given back.
    /// </summary>
    /// <param name="lost">The lease is lost: the job is asked no longer than it may take to come back.</param>
    /// <param name="outOfPatience">The process stops.</param>
    public async Task<Ending> Finish(Ending ending, ItemOutcome outcome, CancellationToken lost, CancellationToken outOfPatience)
    {
        var isTaken = await Tell(
            () => job.FinishItem(outcome),
            tried => !outOfPatience.IsCancellationRequested && tried < (lost.IsCancellationRequested ? Comeback : LongestOutage));
        switch (isTaken)
        {
            case true:
                return ending;
            case false:
                SlotLog.ItemLost(logger, slot, Item);
                return Ending.Lost;
            case null:
                await GiveBack(outOfPatience);
                return Ending.JobAway;
        }
    }

    /// <summary>
    /// Tells the job that its item comes back through no fault of its own, so that the attempt doesn't count. False: it could not be
    /// told.
    /// </summary>
    public async Task<bool> GiveBack(CancellationToken outOfPatience) => await Tell(
        async () =>
        {
            await job.ReturnItem(Item, lease.Fence);
            return true;
        },
        tried => tried < (outOfPatience.IsCancellationRequested ? LastWords : Comeback)) is true;

    /// <summary>Ends the lease, after the job was told: the other way round the next attempt would count this one as lost.</summary>
    /// <param name="isDone">False: another slot gets the item at once. Where the lease is another's already, nothing happens.</param>
    public async Task LetGo(bool isDone)
    {
        try
        {
            await (isDone ? queue.Complete(Item, lease.Fence) : queue.Return(Item, lease.Fence));
        }
        catch (Exception exception)
        {
            SlotLog.LeaseLeft(logger, exception, slot, Item);
        }
    }

    /// <summary>Calls until it gets an answer; null: it got none.</summary>
    private async Task<bool?> Tell(Func<Task<bool>> call, Func<TimeSpan, bool> goesOn)
    {
        for (var since = time.GetTimestamp(); ;)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (goesOn(time.GetElapsedTime(since)))
            {
                SlotLog.ReportFailed(logger, exception, slot, Item, Pause);
            }
            catch (Exception exception)
            {
                SlotLog.ReportGivenUp(logger, exception, slot, Item);
                return null;
            }

            await Task.Delay(Pause, time);
        }
    }
}
