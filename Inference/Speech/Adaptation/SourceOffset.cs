using LipSync.Basics;

namespace LipSync.Speech.Adaptation;

/// <summary>
/// By how much the source's own sound comes late: where the opening that the sound asks for goes best together with the opening that
/// is seen. A peak is believed only where it stands out from everything that is found at lags that can't be: there, sound and mouth
/// have nothing to do with each other.
/// </summary>
/// <param name="Frames">The sound comes so many frames late; negative: early.</param>
/// <param name="R">Their correlation there.</param>
internal sealed record SourceOffset(int Frames, double R)
{
    private const double Reach = 0.4;

    /// <summary>Beyond the reach, and what speech remembers of itself.</summary>
    private const double FirstRival = 0.8;
    private const double LastRival = 4;
    private const double FewestSeconds = 3;

    /// <summary>Viewers don't see less (ITU-R BT.1359: 45 ms early, 125 ms late), and the tracker's own lead is no surer.</summary>
    private const double LeastOffset = 0.06;

    /// <summary>Standard deviations of the rivals above their mean.</summary>
    private const double ClearlyAbove = 3;
    private const double ClearGain = 0.1;

    /// <param name="asked">The opening that the source's own sound asks for, frame by frame.</param>
    /// <param name="seen">The opening seen; NaN where there is none.</param>
    public static SourceOffset Find(ReadOnlySpan<float> asked, ReadOnlySpan<float> seen, int fps)
    {
        var here = Correlation.Pearson(asked, seen);
        if (asked.Length < FewestSeconds * fps)
        {
            return new(0, here);
        }

        // A sound that comes late is asked for late: it is the seen one that is ahead.
        var (lag, r) = Correlation.BestLag(seen, asked, (int)Math.Round(Reach * fps));
        var rivals = Rivals(asked, seen, fps);
        var mean = rivals.Average();
        var spread = Math.Sqrt(rivals.Average(rival => (rival - mean) * (rival - mean)));
        var believed = Math.Abs(lag) >= LeastOffset * fps && r > here + ClearGain && r > mean + (ClearlyAbove * spread) && r > rivals.Max();
        return believed ? new(lag, r) : new(0, here);
    }

    private static List<double> Rivals(ReadOnlySpan<float> asked, ReadOnlySpan<float> seen, int fps)
    {
        var rivals = new List<double>();
        var last = Math.Min((int)(LastRival * fps), asked.Length / 2);
        for (var lag = (int)(FirstRival * fps); lag <= last; lag++)
        {
            rivals.Add(Correlation.AtLag(seen, asked, lag));
            rivals.Add(Correlation.AtLag(seen, asked, -lag));
        }

        return rivals;
    }
}
