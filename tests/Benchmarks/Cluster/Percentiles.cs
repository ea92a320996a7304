using System.Globalization;

namespace LipSync.Benchmarks.Cluster;

/// <summary>Times in milliseconds, sorted.</summary>
internal sealed class Percentiles
{
    private readonly double[] sorted;

    public Percentiles(IEnumerable<double> milliseconds)
    {
        sorted = [.. milliseconds];
        Array.Sort(sorted);
    }

    public double Median => At(0.5);

    /// <param name="share">0-1.</param>
    public double At(double share) => sorted[Math.Min((int)(sorted.Length * share), sorted.Length - 1)];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"median {Median:0.00} ms, p99 {At(0.99):0.0} ms, worst {sorted[^1]:0.0} ms of {sorted.Length}");
}
