namespace LipSync.Dispatch;

/// <summary>
/// Who works on what, until when. Each lease has a fence larger than all before it, so that a later holder wins over an earlier
/// one. Pure: time is an argument.
/// </summary>
/// <param name="firstFence">Larger than any fence of an earlier book of the same queue.</param>
public sealed class LeaseBook(long firstFence, TimeSpan duration)
{
    private readonly Dictionary<WorkItemId, Lease> leases = [];
    private readonly long firstFence = firstFence;
    private long nextFence = firstFence;

    public bool Contains(WorkItemId item) => leases.ContainsKey(item);

    public Lease Grant(WorkItem item, DateTimeOffset now)
    {
        var lease = new Lease(item, nextFence++, now + duration);
        leases.Add(item.Id, lease);
        return lease;
    }

    /// <summary>
    /// Takes up a lease again that an earlier book granted, or that ran out here. The caller makes sure that nobody else got the
    /// item since.
    /// </summary>
    public void Adopt(WorkItem item, long fence, DateTimeOffset now) => leases.Add(item.Id, new(item, fence, now + duration));

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
        return lease.Item;
    }

    /// <summary>Ends every lease that ran out by now and answers the items, to be leased again.</summary>
    public IReadOnlyList<Lease> EndExpired(DateTimeOffset now)
    {
        List<Lease> expired = [.. leases.Values.Where(lease => lease.Expires <= now).OrderBy(lease => lease.Fence)];
        foreach (var lease in expired)
        {
            leases.Remove(lease.Item.Id);
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

    private bool Holds(WorkItemId item, long fence, out Lease lease) =>
        leases.TryGetValue(item, out lease!) && lease.Fence == fence;
}
