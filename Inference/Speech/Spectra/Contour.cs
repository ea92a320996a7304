using LipSync.Basics;

namespace LipSync.Speech.Spectra;

/// <summary>A value that changes over time: so many numbers a second.</summary>
internal sealed class Contour
{
    public const int Rate = 100;

    private readonly float[] values;
    private readonly int rate;

    public Contour(int frames, Func<int, float> value)
        : this(frames, Rate, value)
    {
    }

    public Contour(int frames, int rate, Func<int, float> value)
    {
        this.rate = rate;
        values = new float[frames];
        for (var i = 0; i < frames; i++)
        {
            values[i] = value(i);
        }
    }

    public int Frames => values.Length;

    public float this[int frame] => values[frame];

    /// <summary>The value at a time between frames; the ends go on for ever.</summary>
    public float At(double seconds)
    {
        var at = Math.Clamp(seconds * rate, 0, Frames - 1);
        var frame = Math.Min((int)at, Math.Max(0, Frames - 2));
        var next = Math.Min(frame + 1, Frames - 1);
        return values[frame] + ((values[next] - values[frame]) * (float)(at - frame));
    }

    /// <summary>Gaussian mean over time, normalised at the ends.</summary>
    public Contour Smooth(double sigmaSeconds)
    {
        var sigma = sigmaSeconds * rate;
        var reach = (int)Math.Ceiling(3 * sigma);
        var weights = Enumerable.Range(-reach, (2 * reach) + 1).Select(i => (float)Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        return new(Frames, rate, frame =>
        {
            var (sum, weight) = (0f, 0f);
            for (var i = Math.Max(0, frame - reach); i <= Math.Min(Frames - 1, frame + reach); i++)
            {
                var w = weights[i - frame + reach];
                (sum, weight) = (sum + (w * values[i]), weight + w);
            }

            return sum / weight;
        });
    }

    /// <summary>The largest value from frame + <paramref name="from"/> to frame + <paramref name="to"/>.</summary>
    public float Highest(int frame, int from, int to)
    {
        var highest = float.MinValue;
        for (var i = Math.Max(0, frame + from); i <= Math.Min(Frames - 1, frame + to); i++)
        {
            highest = MathF.Max(highest, values[i]);
        }

        return highest;
    }

    /// <summary>The value that a share of the chosen frames stays under; NaN where none is chosen.</summary>
    public float Percentile(double share, Func<int, bool> chosen) => Quantile.At(Sorted(chosen), share);

    /// <summary>
    /// 0 at the 10th and 1 at the 90th percentile of the chosen frames: independent of voice, microphone and level. A contour that
    /// hardly moves is not blown up: the ends stay at least <paramref name="minSpread"/> from the median.
    /// </summary>
    public Contour Normalize(float minSpread, Func<int, bool> chosen)
    {
        var sorted = Sorted(chosen);
        var median = Quantile.At(sorted, 0.5);
        var low = MathF.Min(Quantile.At(sorted, 0.1), median - minSpread);
        var high = MathF.Max(Quantile.At(sorted, 0.9), median + minSpread);
        return new(Frames, rate, i => Math.Clamp((values[i] - low) / (high - low), 0, 1));
    }

    private float[] Sorted(Func<int, bool> chosen) => [.. Enumerable.Range(0, Frames).Where(chosen).Select(i => values[i]).Order()];
}
