namespace LipSync.Basics;

/// <summary>How two series of a frame each go together. Pairs with a NaN on either side don't count.</summary>
internal static class Correlation
{
    /// <summary>Pearson's r, -1 … 1; 0 where one of the two doesn't vary.</summary>
    public static double Pearson(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length, nameof(b));
        var (count, sumA, sumB) = (0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            if (!float.IsNaN(a[i]) && !float.IsNaN(b[i]))
            {
                (count, sumA, sumB) = (count + 1, sumA + a[i], sumB + b[i]);
            }
        }

        var (meanA, meanB) = (sumA / count, sumB / count);
        var (together, spreadA, spreadB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            if (!float.IsNaN(a[i]) && !float.IsNaN(b[i]))
            {
                var (offA, offB) = (a[i] - meanA, b[i] - meanB);
                (together, spreadA, spreadB) = (together + (offA * offB), spreadA + (offA * offA), spreadB + (offB * offB));
            }
        }

        return spreadA > 0 && spreadB > 0 ? together / Math.Sqrt(spreadA * spreadB) : 0;
    }

    /// <summary>r of a against b where b comes <paramref name="lag"/> frames late (negative: early). Frames without a partner don't count.</summary>
    public static double AtLag(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int lag) => lag >= 0
        ? Pearson(a[..^lag], b[lag..])
        : Pearson(a[-lag..], b[..^-lag]);

    /// <summary>The lag of b within ± <paramref name="reach"/> frames at which the two go together best; of equals the smallest.</summary>
    public static (int Lag, double R) BestLag(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int reach)
    {
        var best = (Lag: 0, R: AtLag(a, b, 0));
        for (var distance = 1; distance <= reach; distance++)
        {
            foreach (var lag in (ReadOnlySpan<int>)[distance, -distance])
            {
                var r = AtLag(a, b, lag);
                best = r > best.R ? (lag, r) : best;
            }
        }

        return best;
    }
}
