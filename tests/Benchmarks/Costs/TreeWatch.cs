namespace LipSync.Benchmarks.Costs;

/// <summary>What samples of this process and its children tell. Thread-safe.</summary>
internal sealed class TreeWatch
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, TimeSpan> children = [];

    public long PeakBytes { get; private set; }

    /// <summary>The children's processor time when they were last seen: a little less than they spent.</summary>
    public TimeSpan Children
    {
        get
        {
            lock (gate)
            {
                return children.Values.Aggregate(TimeSpan.Zero, (sum, spent) => sum + spent);
            }
        }
    }

    public void Sample()
    {
        lock (gate)
        {
            var bytes = 0L;
            foreach (var member in ProcessTree.Members())
            {
                bytes += member.Bytes;
                if (member.Id != Environment.ProcessId)
                {
                    children[member.Id] = TimeSpan.FromTicks(Math.Max(member.Spent.Ticks, children.GetValueOrDefault(member.Id).Ticks));
                }
            }

            PeakBytes = Math.Max(PeakBytes, bytes);
        }
    }
}
