using LipSync.Basics;

namespace LipSync.Speech.Spectra;

/// <summary>A value that changes over time: so many numbers a second.</summary>
internal sealed class Contour
{
    private readonly float[] values;

    public Contour(int frames, int rate, Func<int, float> value)
    {
        Rate = rate;
        values = new float[frames];
        for (var i = 0; i < frames; i++)
        {
            values[i] = value(i);
        }
    }

    /// <summary>Values a second.</summary>
    public int Rate { get; }

    public int Frames => values.Length;

    public float this[int frame] => values[frame];

    /// <summary>The value at a time between frames; the ends go on for ever.</summary>
    public float At(double seconds)
    {
        var at = Math.Clamp(seconds * Rate, 0, Frames - 1);
        var frame = Math.Min((int)at, Math.Max(0, Frames - 2));
        var next = Math.Min(frame + 1, Frames - 1);
        return values[frame] + ((values[next] - values[frame]) * (float)(at - frame));
    }

    /// <summary>Gaussian mean over time, normalised at the ends.</summary>
    public Contour Smooth(double sigmaSeconds)
    {
        var smooth = GaussianFilter.Smooth(values, sigmaSeconds * Rate);
        return new(Frames, Rate, frame => smooth[frame]);
    }

    /// <summary>The value that a share of the chosen frames stays under; NaN where none is chosen.</summary>
    public float Percentile(double share, Func<int, bool> chosen)
    {
        float[] sorted = [.. Enumerable.Range(0, Frames).Where(chosen).Select(i => values[i]).Order()];
        return Quantile.At(sorted, share);
    }
}
