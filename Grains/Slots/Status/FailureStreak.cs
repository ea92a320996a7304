namespace LipSync.Slots.Status;

/// <summary>
/// Tells a broken device from a bad item: the device is broken when items of several different jobs failed on it with no success in
/// between. The same item coming back again and again counts once. Pure.
/// </summary>
/// <param name="limit">Jobs that make a broken device.</param>
public sealed class FailureStreak(int limit)
{
    private readonly HashSet<string> jobs = new(StringComparer.Ordinal);

    /// <summary>A machine's fault ended an item of the job. True: the device is broken.</summary>
    public bool Failed(string jobId)
    {
        jobs.Add(jobId);
        return jobs.Count >= limit;
    }

    public void Succeeded() => jobs.Clear();
}
