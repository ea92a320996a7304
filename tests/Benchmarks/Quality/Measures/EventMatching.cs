namespace LipSync.Benchmarks.Quality.Measures;

/// <summary>A stretch of time in seconds.</summary>
internal readonly record struct Stretch(double Start, double End)
{
    public bool Reaches(double time, double tolerance) => time >= Start - tolerance && time <= End + tolerance;

    public Stretch Shift(double seconds) => new(Start + seconds, End + seconds);
}

/// <summary>Events found against events known.</summary>
internal static class EventMatching
{
    /// <param name="known">When each event holds.</param>
    /// <param name="found">The middle of each event found.</param>
    /// <param name="tolerance">Seconds by which a found one may lie outside a known one.</param>
    /// <returns>The share of the known that are found, and of the found that are known.</returns>
    public static (double Recall, double Precision) Match(IReadOnlyList<Stretch> known, IReadOnlyList<double> found, double tolerance) => (
        Share(known, stretch => found.Any(time => stretch.Reaches(time, tolerance))),
        Share(found, time => known.Any(stretch => stretch.Reaches(time, tolerance))));

    /// <summary>Stretches in which a value is at least <paramref name="threshold"/>, each by its middle weighted with the value.</summary>
    public static List<double> Peaks(ReadOnlySpan<float> values, float threshold, double rate)
    {
        var peaks = new List<double>();
        for (var i = 0; i < values.Length; i++)
        {
            var (sum, moment) = (0.0, 0.0);
            for (; i < values.Length && values[i] >= threshold; i++)
            {
                (sum, moment) = (sum + values[i], moment + (values[i] * i));
            }

            if (sum > 0)
            {
                peaks.Add(moment / sum / rate);
            }
        }

        return peaks;
    }

    private static double Share<T>(IReadOnlyList<T> all, Func<T, bool> condition) => (double)all.Count(condition) / all.Count;
}
