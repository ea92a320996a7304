namespace LipSync.Dispatch;

/// <summary>
/// Who works on what, until when. Each lease has a fence larger than all before it, so that a later holder wins over an earlier
/// one. What is put back carries the fence that it was leased under. Pure: time is an argument.
/// </summary>
/// <param name="firstFence">As a rule larger than any fence of an earlier book of the same queue; items know better.</param>
public sealed class LeaseBook(long firstFence, TimeSpan duration)
{
    private readonly Dictionary<WorkItemId, Lease> leases = [];
    private readonly long firstFence = firstFence;
    private long nextFence = firstFence;

    public int Count => leases.Count;

    public bool Contains(WorkItemId item) => leases.ContainsKey(item);

    public Lease Grant(WorkItem item, DateTimeOffset now)
    {
        Exceed(item.Fence);
        var lease = new Lease(item, nextFence++, now + duration);
        leases.Add(item.Id, lease);
        return lease;
    }

    /// <summary>
    /// Takes up a lease again that an earlier book granted, or that ran out here. The caller makes sure that nobody else got the
    /// item since.
    /// </summary>
    public void Adopt(WorkItem item, long fence, DateTimeOffset now)
    {
        Exceed(fence);
        leases.Add(item.Id, new(item, fence, now + duration));
    }

    /// <summary>From now on grants larger fences than this one.</summary>
    public void Exceed(long fence) => nextFence = Math.Max(nextFence, fence + 1);

    /// <summary>Whether a fence is of an earlier book, which is lost.</summary>
    public bool IsOfAnEarlierBook(long fence) => fence < firstFence;

    /// <summary>False: this fence no longer holds the item.</summary>
    public bool Renew(WorkItemId item, long fence, DateTimeOffset now)
    {
        if (!Holds(item, fence, out var lease))
        {
            return false;
        }

        leases[item] = lease with { Expires = now + duration };
        return true;
    }

    /// <summary>Ends a lease and answers its item; null: this fence no longer holds it.</summary>
    public WorkItem? End(WorkItemId item, long fence)
    {
        if (!Holds(item, fence, out var lease))
        {
            return null;
        }

        leases.Remove(item);
        return PutBack(lease);
    }

    /// <summary>Ends every lease that ran out by now and answers the items, to be leased again.</summary>
    public IReadOnlyList<WorkItem> EndExpired(DateTimeOffset now)
    {
        List<WorkItem> expired = [.. leases.Values.Where(lease => lease.Expires <= now).Select(PutBack).OrderBy(item => item.Fence)];
        foreach (var item in expired)
        {
            leases.Remove(item.Id);
        }

        return expired;
    }

    public void RemoveJob(string jobId)
    {
        foreach (var id in leases.Keys.Where(id => id.JobId == jobId).ToArray())
        {
            leases.Remove(id);
        }
    }

    private static WorkItem PutBack(Lease lease) => lease.Item with { Fence = lease.Fence };

    private bool Holds(WorkItemId item, long fence, out Lease lease) =>
        leases.TryGetValue(item, out lease!) && lease.Fence == fence;
}
