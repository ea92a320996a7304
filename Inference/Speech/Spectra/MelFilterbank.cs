using System.Numerics;

namespace LipSync.Speech.Spectra;

/// <summary>
/// Triangular filters, evenly spaced on the mel scale (O'Shaughnessy: mel = 2595 · log10(1 + f / 700)) from 0 Hz to half the sample
/// rate. Each has the weight 1 at its centre.
/// </summary>
internal sealed class MelFilterbank
{
    private readonly (int FirstBin, float[] Weights)[] filters;

    public MelFilterbank(int bands, int transformSize, int sampleRate)
    {
        var top = ToMel(sampleRate / 2.0);
        var edges = Enumerable.Range(0, bands + 2).Select(i => ToHertz(top * i / (bands + 1))).ToArray();
        var hertzPerBin = (double)sampleRate / transformSize;
        filters = [.. Enumerable.Range(0, bands).Select(band => Triangle(edges[band], edges[band + 1], edges[band + 2], hertzPerBin))];
    }

    /// <summary>The band's energy, one signal a lane, from the power of each frequency bin.</summary>
    public Vector<float> Energy(int band, ReadOnlySpan<Vector<float>> power)
    {
        var (first, weights) = filters[band];
        var sum = Vector<float>.Zero;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += power[first + i] * weights[i];
        }

        return sum;
    }

    private static (int FirstBin, float[] Weights) Triangle(double low, double centre, double high, double hertzPerBin)
    {
        // The lowest bands are narrower than a bin: widen them to reach at least the nearest ones.
        low = Math.Min(low, centre - hertzPerBin);
        high = Math.Max(high, centre + hertzPerBin);
        var first = Math.Max(0, (int)Math.Ceiling(low / hertzPerBin));
        var last = (int)Math.Floor(high / hertzPerBin);
        var weights = Enumerable.Range(first, last - first + 1).Select(bin => bin * hertzPerBin)
            .Select(f => (float)Math.Max(0, f < centre ? (f - low) / (centre - low) : (high - f) / (high - centre)));
        return (first, [.. weights]);
    }

    private static double ToMel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    private static double ToHertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
