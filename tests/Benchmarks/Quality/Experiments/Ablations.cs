using System.Runtime.CompilerServices;
using LipSync.Basics;
using LipSync.Benchmarks.Quality.Experiments.Lips;
using LipSync.Benchmarks.Quality.Experiments.Pictures;
using LipSync.Benchmarks.Quality.Takes;
using LipSync.Rendering;

namespace LipSync.Benchmarks.Quality.Experiments;

/// <summary>What each part of the engine is worth: the figures without it, beside those with all. A part that nothing falls without can go.</summary>
internal sealed class Ablations : IExperiment
{
    private static readonly Setup[] Setups =
    [
        Setup.Product,
        .. Enum.GetValues<EngineParts>().Where(part => part is not (EngineParts.None or EngineParts.All)).Select(Setup.Without),
    ];

    public string Name => "ablations";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (clip, half, _) in OutOfSample.Clips)
        {
            var (source, other) = (clip.Part("1st half", 0, half), clip.Part("2nd half", half, half));
            var truth = (await studio.Source(other, cancellationToken)).Seen.Openings();
            foreach (var setup in Setups)
            {
                var take = await studio.Take(source, other, setup, cancellationToken);
                var pictures = await studio.MouthPictures(take, cancellationToken);
                var frames = Math.Min(truth.Length, take.Seen.Length);
                var subject = $"{source.Name}, {setup.Name}";
                yield return Told("out of sample r", Correlation.Pearson(truth.AsSpan(0, frames), take.Seen.Openings().AsSpan(0, frames)));
                yield return Told("re-measured r", Correlation.Pearson(take.Planned.Openings(), take.Seen.Openings()));
                yield return Told("flicker at cuts", Flicker.Of(take, pictures).AtCuts);
                yield return Told("sharpness", Sharpness.Of(take, pictures));

                Figure Told(string measure, double value) => new($"ablation: {measure}", subject, value, Aim.None, 0);
            }
        }
    }
}
