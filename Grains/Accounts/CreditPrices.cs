namespace LipSync.Accounts;

/// <summary>The one price rule: 5 credits a minute of output, rounded up, at least 1. No credit is computed anywhere else.</summary>
public static class CreditPrices
{
    private const long CreditsPerMinute = 5;
    private const long SecondsPerMinute = 60;

    /// <summary>The price of an output of exactly this many frames; integers throughout.</summary>
    public static long OfFrames(long frames, int fps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fps);
        return AtLeastOne(CeilingDivide(checked(frames * CreditsPerMinute), SecondsPerMinute * fps));
    }

    /// <summary>The price of a limit given in seconds, to the millisecond: what is held before the frames are counted.</summary>
    public static long OfSeconds(double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        var milliseconds = checked((long)Math.Round(seconds * 1000));
        return AtLeastOne(CeilingDivide(checked(milliseconds * CreditsPerMinute), SecondsPerMinute * 1000));
    }

    private static long CeilingDivide(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    private static long AtLeastOne(long credits) => Math.Max(1, credits);
}
