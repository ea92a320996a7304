using System.Runtime.CompilerServices;
using LipSync.Basics;
using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality.Experiments.Pictures;

/// <summary>
/// The sharpness of the mouth region against the source's own: each made frame against the source's frame of the most alike opening,
/// or, where the source never opens that far, against its own source frame.
/// </summary>
internal sealed class Sharpness : IExperiment
{
    private const float Alike = 0.015f;

    private static readonly (Clip Video, Clip Speech)[] Pairs = [(Clip.Demo1, Clip.English), (Clip.Demo2, Clip.German), (Clip.Silent, Clip.English)];

    public string Name => "sharpness";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (video, speech) in Pairs)
        {
            var take = await studio.Take(video, speech, cancellationToken);
            var pictures = await studio.MouthPictures(take, cancellationToken);
            yield return new("sharpness of the mouth, made / source", $"{video.Name}, {speech.Name}", Of(take, pictures), Aim.Within(0.9, 1.1), 0.03);
        }
    }

    /// <summary>The median of all frames.</summary>
    public static double Of(Take take, MouthPictures pictures)
    {
        var made = pictures.Made.Select(patch => patch?.LaplacianVariance() ?? double.NaN).ToArray();
        var real = pictures.Real.Select(patch => patch?.LaplacianVariance() ?? double.NaN).ToArray();
        return Quantile.UpperMedian(
            Enumerable.Range(0, made.Length).Select(frame => (float)(made[frame] / real[Partner(take, real, frame)])).Where(float.IsFinite));
    }

    private static int Partner(Take take, double[] real, int frame)
    {
        if (take.Seen[frame] is not { } seen)
        {
            return frame;
        }

        var nearest = Enumerable.Range(0, real.Length)
            .Where(other => double.IsFinite(real[other]))
            .MinBy(other => (MathF.Round(MathF.Abs(OwnOpening(take, other) - seen.Mouth.Opening), 3), Math.Abs(other - frame)));
        return MathF.Abs(OwnOpening(take, nearest) - seen.Mouth.Opening) < Alike ? nearest : frame;
    }

    private static float OwnOpening(Take take, int frame) => take.Source.Seen[take.Request.Map.SourceOf(frame)]!.Value.Mouth.Opening;
}
