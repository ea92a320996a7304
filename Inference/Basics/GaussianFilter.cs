namespace LipSync.Basics;

/// <summary>Averages over time, weighted by a Gaussian, over the values that are numbers; beyond the ends there are none.</summary>
internal static class GaussianFilter
{
    private const double Reach = 3;

    /// <param name="sigma">Standard deviation in values.</param>
    public static float[] Smooth(IReadOnlyList<float> values, double sigma)
    {
        var radius = (int)Math.Ceiling(Reach * sigma);
        var weights = Enumerable.Range(0, radius + 1).Select(distance => (float)Math.Exp(-distance * distance / (2 * sigma * sigma))).ToArray();
        var smooth = new float[values.Count];
        for (var i = 0; i < smooth.Length; i++)
        {
            var (sum, total) = (0f, 0f);
            for (var j = Math.Max(0, i - radius); j <= Math.Min(smooth.Length - 1, i + radius); j++)
            {
                if (!float.IsNaN(values[j]))
                {
                    var weight = weights[Math.Abs(j - i)];
                    (sum, total) = (sum + (weight * values[j]), total + weight);
                }
            }

            smooth[i] = sum / total;
        }

        return smooth;
    }
}
