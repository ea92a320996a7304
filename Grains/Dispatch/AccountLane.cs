using LipSync.Jobs;

namespace LipSync.Dispatch;

/// <summary>One account's waiting items: later stages first, so that a running job ends before a new one begins.</summary>
internal sealed class AccountLane
{
    private readonly LinkedList<WorkItem>[] stages = [.. Enum.GetValues<Stage>().Select(_ => new LinkedList<WorkItem>())];

    /// <summary>The virtual time at which the account has paid for everything it was served.</summary>
    public double Finish { get; set; }

    /// <summary>Whether the lane stands in the queue of turns.</summary>
    public bool HasTurn { get; set; }

    public WorkItem? First
    {
        get
        {
            for (var stage = stages.Length - 1; stage >= 0; stage--)
            {
                if (stages[stage].First is { } node)
                {
                    return node.Value;
                }
            }

            return null;
        }
    }

    /// <summary>In the order of service.</summary>
    public IEnumerable<WorkItem> Items => stages.Reverse().SelectMany(items => items);

    public LinkedListNode<WorkItem> Add(WorkItem item) => stages[(int)item.Id.Stage].AddLast(item);

    /// <summary>Before its account's others of the same stage: it was served before.</summary>
    public LinkedListNode<WorkItem> AddAgain(WorkItem item) => stages[(int)item.Id.Stage].AddFirst(item);
}
