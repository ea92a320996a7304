using LipSync.Accounts;

namespace LipSync.Dispatch;

/// <summary>
/// Serves accounts in proportion to their plan's weight, in estimated seconds of work: start-time fair queueing (Goyal, Vin and
/// Cheng, SIGCOMM 1996). Like deficit round robin it keeps no account waiting behind another's backlog; unlike it, no account is
/// ever served twice in a row while an equal one waits, whatever the sizes of items, and an account that comes back is served
/// next. Enqueue is O(1), dequeue O(log accounts). Pure: knows no clock.
/// </summary>
public sealed class FairQueue
{
    /// <summary>Positions are counted up to here: a queue of 100,000 items answers as fast as a short one.</summary>
    public const int LargestPosition = 1000;

    private readonly Dictionary<string, AccountLane> lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<WorkItemId, LinkedListNode<WorkItem>> nodes = [];
    private readonly Dictionary<string, HashSet<WorkItemId>> jobs = new(StringComparer.Ordinal);
    private readonly PriorityQueue<AccountLane, LaneTurn> turns = new();
    private double virtualTime;
    private long arrivals;

    public int Count => nodes.Count;

    /// <summary>Adds an item behind its account's others of the same stage. False: it waits already.</summary>
    public bool Enqueue(WorkItem item) => Enqueue(item, static (lane, added) => lane.Add(added));

    /// <summary>Adds an item that was served and came back, before its account's others of the same stage. False: it waits already.</summary>
    public bool EnqueueAgain(WorkItem item) => Enqueue(item, static (lane, added) => lane.AddAgain(added));

    private bool Enqueue(WorkItem item, Func<AccountLane, WorkItem, LinkedListNode<WorkItem>> add)
    {
        if (nodes.ContainsKey(item.Id))
        {
            return false;
        }

        var lane = LaneOf(item);
        nodes.Add(item.Id, add(lane, item));
        if (!jobs.TryGetValue(item.Id.JobId, out var items))
        {
            jobs.Add(item.Id.JobId, items = []);
        }

        items.Add(item.Id);
        if (!lane.HasTurn)
        {
            GiveTurn(lane);
        }

        return true;
    }

    public bool TryDequeue(out WorkItem? item)
    {
        while (turns.TryDequeue(out var lane, out var turn))
        {
            lane.HasTurn = false;
            if (lane.First is not { } next)
            {
                continue;
            }

            virtualTime = Math.Max(virtualTime, turn.Start);
            lane.Finish = turn.Start + Cost(next);
            Remove(next.Id);
            if (lane.First is not null)
            {
                GiveTurn(lane);
            }

            ForgetIdleLanes();
            item = next;
            return true;
        }

        item = null;
        return false;
    }

    /// <summary>Null: it does not wait.</summary>
    public WorkItem? Find(WorkItemId id) => nodes.GetValueOrDefault(id)?.Value;

    /// <summary>Takes one item out. False: it does not wait.</summary>
    public bool TryRemove(WorkItemId id)
    {
        if (!nodes.ContainsKey(id))
        {
            return false;
        }

        Remove(id);
        return true;
    }

    /// <summary>Takes out all items of a job, and answers them.</summary>
    public IReadOnlyList<WorkItemId> RemoveJob(string jobId)
    {
        WorkItemId[] removed = jobs.TryGetValue(jobId, out var items) ? [.. items] : [];
        foreach (var id in removed)
        {
            Remove(id);
        }

        return removed;
    }

    /// <summary>
    /// How many items are served before the job's next one, as things stand, counted up to <see cref="LargestPosition"/>; null: none
    /// of the job's waits.
    /// </summary>
    public int? Position(string jobId)
    {
        if (!jobs.TryGetValue(jobId, out var items))
        {
            return null;
        }

        var own = lanes[nodes[items.First()].Value.AccountId];
        var (ahead, start) = (0, StartOf(own));
        foreach (var item in own.Items.TakeWhile(item => item.Id.JobId != jobId).Take(LargestPosition))
        {
            ahead++;
            start += Cost(item);
        }

        foreach (var lane in lanes.Values.Where(lane => lane != own))
        {
            ahead += CountBefore(lane, start, LargestPosition - ahead);
        }

        return ahead;
    }

    private int CountBefore(AccountLane lane, double limit, int most)
    {
        var (count, start) = (0, StartOf(lane));
        foreach (var item in lane.Items)
        {
            if (start > limit || count == most)
            {
                break;
            }

            count++;
            start += Cost(item);
        }

        return count;
    }

    private double StartOf(AccountLane lane) => Math.Max(virtualTime, lane.Finish);

    private void GiveTurn(AccountLane lane)
    {
        lane.HasTurn = true;
        turns.Enqueue(lane, new(StartOf(lane), arrivals++));
    }

    private void Remove(WorkItemId id)
    {
        nodes.Remove(id, out var node);
        node!.List!.Remove(node);
        var items = jobs[id.JobId];
        items.Remove(id);
        if (items.Count == 0)
        {
            jobs.Remove(id.JobId);
        }
    }

    private AccountLane LaneOf(WorkItem item)
    {
        if (!lanes.TryGetValue(item.AccountId, out var lane))
        {
            lanes.Add(item.AccountId, lane = new());
        }

        return lane;
    }

    /// <summary>An empty lane is remembered until its account has paid for what it was served; the sweep is amortised over dequeues.</summary>
    private void ForgetIdleLanes()
    {
        if (lanes.Count <= 64 || lanes.Count <= 2 * turns.Count)
        {
            return;
        }

        foreach (var (account, _) in lanes.Where(lane => !lane.Value.HasTurn && lane.Value.Finish <= virtualTime).ToArray())
        {
            lanes.Remove(account);
        }
    }

    private static double Cost(WorkItem item) => Math.Max(item.Seconds, 0.001) / Weight(item.Plan);

    private static double Weight(Plan plan) => plan switch
    {
        Plan.Free => 1,
        Plan.Starter => 2,
        Plan.Pro => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan, "No such plan."),
    };

    private readonly record struct LaneTurn(double Start, long Arrival) : IComparable<LaneTurn>
    {
        public int CompareTo(LaneTurn other) =>
            Start.CompareTo(other.Start) is not 0 and var order ? order : Arrival.CompareTo(other.Arrival);
    }
}
