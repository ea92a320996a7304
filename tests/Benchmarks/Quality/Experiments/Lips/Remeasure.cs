using System.Runtime.CompilerServices;
using LipSync.Basics;
using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality.Experiments.Lips;

/// <summary>The mouth found anew in the finished video against the mouth that was asked for.</summary>
internal sealed class Remeasure : IExperiment
{
    private const double Talking = 0.93;
    private const double NeverOpen = 0.85;

    private static readonly (Clip Video, Clip Speech, double Least)[] Pairs =
    [
        (Clip.Demo1, Clip.English, Talking), (Clip.Demo2, Clip.German, Talking), (Clip.Silent, Clip.English, NeverOpen), (Clip.Portrait, Clip.French, NeverOpen),
    ];

    public string Name => "remeasure";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (video, speech, least) in Pairs)
        {
            var take = await studio.Take(video, speech, cancellationToken);
            var (planned, seen) = (take.Planned.Openings(), take.Seen.Openings());
            var subject = $"{video.Name}, {speech.Name}";
            yield return new("re-measured opening: r", subject, Correlation.Pearson(planned, seen), Aim.AtLeast(least), 0.01);
            yield return new("re-measured opening: slope", subject, Slope(planned, seen), Aim.None, 0);
            yield return new("re-measured opening: mean error", subject, MeanError(planned, seen), Aim.Low, 0.002);
        }
    }

    /// <summary>By how much the seen opening grows where the planned one grows by 1: under 1 the mouth moves less than it shall.</summary>
    private static double Slope(float[] planned, float[] seen)
    {
        var pairs = planned.Zip(seen).Where(pair => float.IsFinite(pair.First + pair.Second)).ToList();
        var (meanPlanned, meanSeen) = (pairs.Average(pair => pair.First), pairs.Average(pair => pair.Second));
        return pairs.Sum(pair => (pair.First - meanPlanned) * (pair.Second - meanSeen)) / pairs.Sum(pair => (pair.First - meanPlanned) * (pair.First - meanPlanned));
    }

    private static double MeanError(float[] planned, float[] seen) =>
        planned.Zip(seen, (wanted, found) => MathF.Abs(wanted - found)).Where(float.IsFinite).Average();
}
