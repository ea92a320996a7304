using System.Runtime.CompilerServices;
using LipSync.Basics;
using LipSync.Benchmarks.Quality.Takes;
using LipSync.Speech;

namespace LipSync.Benchmarks.Quality.Experiments.Lips;

/// <summary>
/// One half of a clip is the source, the other half's speech drives it, and the other half's real mouth is the truth. Driving a
/// clip by the speech it holds would prove nothing: copying it would score 1.
/// </summary>
internal sealed class OutOfSample : IExperiment
{
    private const double GenericAlone = 0.45;
    private const int LagReach = 10;
    private const int ShortestShift = 26;
    private const int ShiftStep = 6;

    /// <summary>The clips, how long a half of each is in seconds, and the r to reach.</summary>
    public static readonly (Clip Clip, double Half, double Least)[] Clips = [(Clip.Demo1, 5, 0.55), (Clip.Demo2, 10, 0.35)];

    public string Name => "outofsample";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (clip, half, least) in Clips)
        {
            var own = (await studio.Source(clip, cancellationToken)).Seen.Openings();
            var heard = await studio.Track(clip, Studio.Format.Fps, cancellationToken);
            yield return new(
                "generic network alone: r", clip.Name, Correlation.Pearson(own, Openings(heard, own.Length)), clip == Clip.Demo1 ? Aim.AtLeast(GenericAlone) : Aim.High, 0.01);
            var (first, second) = (clip.Part("1st half", 0, half), clip.Part("2nd half", half, half));
            foreach (var (source, other, aim) in new[] { (first, second, Aim.AtLeast(least)), (second, first, Aim.High) })
            {
                var truth = (await studio.Source(other, cancellationToken)).Seen.Openings();
                var take = await studio.Take(source, other, cancellationToken);
                var generic = await studio.Plan(source, other, Setup.WithoutOwnSound, cancellationToken);
                var track = await studio.Track(other, Studio.Format.Fps, cancellationToken);
                var frames = Math.Min(truth.Length, take.Seen.Length);
                var (real, made) = (truth[..frames], take.Seen.Openings()[..frames]);
                var subject = $"{source.Name}, speech of the other";

                var (lag, bestR) = Correlation.BestLag(real, made, LagReach);
                var shifted = Shifted(real, made);
                yield return new("out of sample: r", subject, Correlation.Pearson(real, made), aim, 0.02);
                yield return new("out of sample: best lag, frames", subject, lag, Aim.Within(-1, 1), 0);
                yield return new("out of sample: r at best lag", subject, bestR, Aim.None, 0);
                yield return new("out of sample: r of shifted speech, mean", subject, shifted.Average(), Aim.AtMost(0.2), 0.02);
                yield return new("out of sample: r of shifted speech, most", subject, shifted.Max(), Aim.None, 0);
                yield return new("out of sample: r of the plan", subject, Correlation.Pearson(real, take.Planned.Openings().AsSpan(0, frames)), Aim.High, 0.02);
                yield return new("out of sample: r of the plan without own sound", subject, Correlation.Pearson(real, generic.Mouths.Openings().AsSpan(0, frames)), Aim.High, 0.02);
                yield return new("out of sample: r of the generic track", subject, Correlation.Pearson(real, Openings(track, frames)), Aim.High, 0.02);
            }
        }
    }

    private static float[] Openings(MouthTrack track, int frames) => [.. Enumerable.Range(0, frames).Select(frame => track[frame].Opening)];

    /// <summary>The made mouth moved in a circle by more than a second, by many distances.</summary>
    private static List<double> Shifted(float[] real, float[] made)
    {
        var values = new List<double>();
        for (var shift = ShortestShift; shift <= made.Length - ShortestShift; shift += ShiftStep)
        {
            values.Add(Correlation.Pearson(real, [.. made[shift..], .. made[..shift]]));
        }

        return values;
    }
}
