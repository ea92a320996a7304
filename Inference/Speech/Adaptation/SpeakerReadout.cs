using LipSync.Basics;

namespace LipSync.Speech.Adaptation;

/// <summary>
/// One member of a speaker's mouth, read from sound: what anybody's would do, set to his habits, and a ridge regression of what
/// remains on what is heard. How far it is believed is decided by trial, on blocks of his own speech that it was not fitted on:
/// without data, or with data that contradicts itself, the generic expectation remains.
/// </summary>
internal sealed class SpeakerReadout
{
    /// <summary>Offset and slope of the generic expectation are drawn to none as by so many seconds of data.</summary>
    private const double HabitPrior = 1;

    /// <summary>The sounds' weights are drawn to 0 as by so many times the data.</summary>
    private static readonly double[] Ridges = [0.1, 0.3, 1, 3];

    /// <summary>
    /// Correlations in trial below which nothing is believed, and above which everything. A source's sound belongs to its mouth far more
    /// often than not, and a few seconds can come out at 0 by chance: that is not yet disbelieved.
    /// </summary>
    private const float Contradiction = -0.1f;
    private const float Certainty = 0.3f;

    /// <summary>A regression's range is smaller than the mouth's; it is given back as these quantiles tell, up to a limit.</summary>
    private const float Low = 0.05f;
    private const float High = 0.95f;
    private const double MostGain = 4;

    private readonly double offset;
    private readonly double slope;
    private readonly double[] weights;
    private readonly double gain;
    private readonly double shift;

    /// <param name="lessons">Of at least two blocks, in order of time.</param>
    /// <param name="range">Of the mouths seen, with all that is not speech.</param>
    /// <param name="fps">Frames per second.</param>
    public SpeakerReadout(IReadOnlyList<Lesson> lessons, (double Low, double High) range, int fps)
    {
        var habit = BlockRegression.Of(lessons, lesson => [1, lesson.Expected], lesson => lesson.Seen - lesson.Expected).Solve(HabitPrior * fps);
        (offset, slope) = (habit[0], Math.Max(0, 1 + habit[1]));
        var departures = BlockRegression.Of(lessons, lesson => lesson.Heard, lesson => lesson.Seen - Habitual(lesson.Expected));
        var best = Ridges.Select(ridge => ReadoutTrial.Of(departures, lessons, Habitual, ridge * lessons.Count)).MaxBy(trial => trial.Gain)!;
        weights = [.. departures.Solve(best.Ridge).Select(weight => best.Share * weight)];

        var seen = lessons.Select(lesson => (float)lesson.Seen).ToArray();
        Generic = Correlation.Pearson([.. lessons.Select(lesson => (float)lesson.Expected)], seen);
        Adapted = Correlation.Pearson(best.Read, seen);
        Credence = best.Share * Hermite.SmoothStep(Contradiction, Certainty, (float)Adapted);
        var read = best.Read.Order().ToArray();
        var (low, high) = (Quantile.At(read, Low), Quantile.At(read, High));
        gain = Math.Min(MostGain, (range.High - range.Low) / Math.Max(1e-6, high - low));
        shift = range.Low - (gain * low);
    }

    /// <summary>r of the generic expectation with what was seen.</summary>
    public double Generic { get; }

    /// <summary>r of this readout with what was seen, in trial.</summary>
    public double Adapted { get; }

    /// <summary>0: anybody's … 1: wholly this speaker's.</summary>
    public double Credence { get; }

    /// <summary>What his mouth does, if he is believed as far as that.</summary>
    public double Of(double[] heard, double expected, double belief) =>
        double.Lerp(expected, shift + (gain * (Habitual(expected) + BlockRegression.Predict(weights, heard))), belief * Credence);

    private double Habitual(double expected) => offset + (slope * expected);
}
