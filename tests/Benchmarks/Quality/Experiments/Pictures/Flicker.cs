using System.Runtime.CompilerServices;
using LipSync.Benchmarks.Quality.Measures;
using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality.Experiments.Pictures;

/// <summary>How much the mouth region jumps where another of the speaker's own mouths is laid over, against how much the source's own ever does.</summary>
internal sealed class Flicker : IExperiment
{
    /// <summary>A cut is cross-faded over about three frames.</summary>
    private const int Reach = 1;

    private static readonly (Clip Video, Clip Speech)[] Pairs = [(Clip.Demo1, Clip.English), (Clip.Demo2, Clip.German)];

    public string Name => "flicker";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (video, speech) in Pairs)
        {
            var take = await studio.Take(video, speech, cancellationToken);
            var pictures = await studio.MouthPictures(take, cancellationToken);
            var (atCuts, ofAll, cuts) = Of(take, pictures);
            var subject = $"{video.Name}, {speech.Name}";
            yield return new("flicker: second difference at cuts / source's mean", subject, atCuts, Aim.AtMost(1.1), 0.03);
            yield return new("flicker: second difference of all frames / source's mean", subject, ofAll, Aim.Low, 0.03);
            yield return new("flicker: cuts in a second", subject, cuts, Aim.None, 0);
        }
    }

    /// <summary>Second differences, the source's own mean being 1, and how many cuts there are in a second.</summary>
    public static (double AtCuts, double OfAll, double CutsPerSecond) Of(Take take, MouthPictures pictures)
    {
        var cuts = ExemplarCuts.Of(take.Plan).ToHashSet();
        var (made, real) = (Jumps(pictures.Made), Jumps(pictures.Real));
        var usual = real.Values.Average();
        var atCuts = made.Where(jump => Enumerable.Range(jump.Key - Reach, (2 * Reach) + 1).Any(cuts.Contains)).Select(jump => jump.Value);
        return (atCuts.DefaultIfEmpty(double.NaN).Average() / usual, made.Values.Average() / usual, cuts.Count * take.Info.Fps / (double)take.Info.Frames);
    }

    /// <summary>The second difference about each frame whose neighbours show the mouth too.</summary>
    private static Dictionary<int, double> Jumps(Patch?[] patches)
    {
        var jumps = new Dictionary<int, double>();
        for (var i = 1; i < patches.Length - 1; i++)
        {
            if (patches[i - 1] is { } before && patches[i] is { } middle && patches[i + 1] is { } after)
            {
                jumps[i] = Patch.SecondDifference(before, middle, after);
            }
        }

        return jumps;
    }
}
