namespace LipSync.Accounts;

/// <summary>
/// A bucket of one minute's tokens that refills evenly, kept as the single moment at which it is full again (the generic cell
/// rate algorithm): exact to the tick, and nothing to refill.
/// </summary>
/// <param name="FullAt">When the bucket is full again; in the past: it is full.</param>
public readonly record struct TokenBucket(DateTimeOffset FullAt)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Takes one of <paramref name="perMinute"/> tokens, or says when there will be one.</summary>
    public (TokenBucket Bucket, TokenGrant Grant) Take(int perMinute, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perMinute);
        var interval = Window / perMinute;
        var capacity = interval * perMinute;
        var owed = FullAt > now ? FullAt - now : TimeSpan.Zero;
        var after = owed + interval;
        if (after > capacity)
        {
            return (this, new(Granted: false, Remaining: 0, Reset: owed, RetryAfter: after - capacity));
        }

        var remaining = (int)((capacity - after).Ticks / interval.Ticks);
        return (new(now + after), new(Granted: true, remaining, Reset: after, RetryAfter: TimeSpan.Zero));
    }
}

/// <param name="Remaining">Whole tokens left.</param>
/// <param name="Reset">Until the bucket is full again.</param>
/// <param name="RetryAfter">Until the next token, where none was granted.</param>
public readonly record struct TokenGrant(bool Granted, int Remaining, TimeSpan Reset, TimeSpan RetryAfter);
