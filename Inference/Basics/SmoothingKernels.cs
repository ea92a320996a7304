namespace LipSync.Basics;

/// <summary>Weights over a value's neighbours in time; they sum to 1.</summary>
internal static class SmoothingKernels
{
    /// <summary>Gaussian with a standard deviation of <paramref name="sigma"/> frames, normalised over the neighbours there are.</summary>
    public static Func<int, int, float[]> Gaussian(double sigma) => (before, after) =>
    {
        var weights = Enumerable.Range(-before, before + after + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => (float)(weight / sum))];
    };

    /// <summary>
    /// Savitzky-Golay (Analytical Chemistry 36, 1964): the value at 0 of the least-squares parabola through the neighbours.
    /// With offsets i and moments Sk = Σ i^k the weight of i is c0 + c1·i + c2·i², where c solves the 3 × 3 normal equations for (1, 0, 0).
    /// </summary>
    public static float[] Parabola(int before, int after)
    {
        var offsets = Enumerable.Range(-before, before + after + 1).ToArray();
        if (offsets.Length < 3)
        {
            return [.. offsets.Select(i => i == 0 ? 1f : 0f)];
        }

        double Moment(int power) => offsets.Sum(i => Math.Pow(i, power));
        var (s0, s1, s2, s3, s4) = (Moment(0), Moment(1), Moment(2), Moment(3), Moment(4));
        var (m0, m1, m2) = ((s2 * s4) - (s3 * s3), (s2 * s3) - (s1 * s4), (s1 * s3) - (s2 * s2));
        var determinant = (s0 * m0) + (s1 * m1) + (s2 * m2);
        return [.. offsets.Select(i => (float)((m0 + (m1 * i) + (m2 * i * i)) / determinant))];
    }
}
