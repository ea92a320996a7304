namespace LipSync.Gateway.Jobs.Events;

/// <summary>Counts the streams that each account has open at this gateway: one account's can't use up its connections.</summary>
public sealed class EventStreams
{
    public const int MostOfAccount = 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);

    /// <summary>A place for one more stream, free again when disposed; null: the account has no more.</summary>
    public IDisposable? TryOpen(string accountId)
    {
        lock (gate)
        {
            var count = open.GetValueOrDefault(accountId);
            if (count == MostOfAccount)
            {
                return null;
            }

            open[accountId] = count + 1;
            return new Place(this, accountId);
        }
    }

    private void Close(string accountId)
    {
        lock (gate)
        {
            if (--open[accountId] == 0)
            {
                open.Remove(accountId);
            }
        }
    }

    private sealed class Place(EventStreams streams, string accountId) : IDisposable
    {
        public void Dispose() => streams.Close(accountId);
    }
}
