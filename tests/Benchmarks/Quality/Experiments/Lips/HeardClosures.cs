using System.Runtime.CompilerServices;
using LipSync.Benchmarks.Quality.Measures;
using LipSync.Benchmarks.Quality.Speeches;
using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality.Experiments.Lips;

/// <summary>Closures of the product's tracker against the known p, b, m of an engine that it never heard.</summary>
internal sealed class HeardClosures : IExperiment
{
    private const int Fps = 50;
    private const float Pressed = 0.5f;
    private const double Tolerance = 0.04;

    private static readonly double[] ChanceShifts = [0.37, 0.71, 1.13, 1.57];

    public string Name => "closures";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var voice in Festival.Voices)
        {
            var speech = await Festival.Speak(Festival.Text, voice, studio.NewFile(), cancellationToken);
            var track = await studio.Track(speech.Clip, Fps, cancellationToken);
            var found = EventMatching.Peaks([.. track.Poses.Select(pose => pose.Closure)], Pressed, Fps);
            var known = speech.Closures();
            var (recall, precision) = EventMatching.Match(known, found, Tolerance);
            var chance = ChanceShifts
                .Select(shift => EventMatching.Match([.. known.Select(closure => closure.Shift(shift))], found, Tolerance)).ToList();
            yield return new("p b m heard: recall", voice, recall, Aim.AtLeast(0.75), 0.02);
            yield return new("p b m heard: precision", voice, precision, Aim.AtLeast(0.70), 0.02);
            yield return new("p b m heard: recall by chance", voice, chance.Average(match => match.Recall), Aim.None, 0);
            yield return new("p b m heard: precision by chance", voice, chance.Average(match => match.Precision), Aim.None, 0);
        }
    }
}
