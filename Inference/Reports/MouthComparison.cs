using LipSync.Basics;
using LipSync.Rendering;

namespace LipSync.Reports;

/// <summary>The openings planned against those found in the output. Pure.</summary>
/// <param name="frames">One for each output frame.</param>
/// <param name="seen">The opening found in each frame, in eye distances; NaN where nobody looked or the mouth was not found.</param>
internal sealed class MouthComparison(IReadOnlyList<PlannedMouth> frames, float[] seen, int fps)
{
    /// <summary>Under this share of the speaker's range a mouth counts as closed.</summary>
    public const float ClosedShare = 0.15f;

    private const double LongestLagSeconds = 0.2;
    private const float LeastRange = 0.01f;

    private readonly float[] planned = [.. frames.Select(frame => frame.IsDrawn ? frame.Opening : float.NaN)];

    /// <summary>From closed to wide open, as this output shows the speaker.</summary>
    public (float Closed, float Open) Range { get; } = RangeOf(frames);

    /// <summary>Whether the plan moves the mouth at all.</summary>
    public bool Speaks => Range.Open - Range.Closed >= LeastRange;

    public int Frames => planned.Zip(seen).Count(pair => !float.IsNaN(pair.First + pair.Second));

    /// <summary>An opening as a share of the range.</summary>
    public float Share(float opening) => (opening - Range.Closed) / Math.Max(LeastRange, Range.Open - Range.Closed);

    public OpeningAgreement? Opening()
    {
        var compared = Frames;
        if (!Speaks || compared < fps)
        {
            return null;
        }

        var (lag, _) = Correlation.BestLag(planned, seen, Math.Min((int)(LongestLagSeconds * fps), frames.Count - 1));
        return new(Math.Round(Correlation.Pearson(planned, seen), 3), Math.Round(1000.0 * lag / fps), compared);
    }

    public ClosureFigures Closures()
    {
        var all = ClosureSpans().ToList();
        var looked = all.Select(IsAchieved).OfType<bool>().ToList();
        return new(all.Count, looked.Count, looked.Count(achieved => achieved));
    }

    /// <summary>Frames in a row in which the lips shall be pressed.</summary>
    public IEnumerable<(int First, int Count)> ClosureSpans()
    {
        for (var i = 0; i < frames.Count; i++)
        {
            var first = i;
            while (i < frames.Count && frames[i].IsClosure)
            {
                i++;
            }

            if (i > first)
            {
                yield return (first, i - first);
            }
        }
    }

    /// <summary>Whether the lips are seen closed in one of the frames; null where nobody looked.</summary>
    public bool? IsAchieved((int First, int Count) closure)
    {
        var openings = seen.AsSpan(closure.First, closure.Count).ToArray().Where(opening => !float.IsNaN(opening)).ToList();
        return openings.Count == 0 ? null : openings.Exists(opening => Share(opening) < ClosedShare);
    }

    private static (float Closed, float Open) RangeOf(IEnumerable<PlannedMouth> frames)
    {
        var openings = frames.Where(frame => frame.IsDrawn).Select(frame => frame.Opening).Order().ToArray();
        return openings.Length == 0 ? (0, 0) : (Quantile.At<float>(openings, 0.05f), Quantile.At<float>(openings, 0.95f));
    }
}
