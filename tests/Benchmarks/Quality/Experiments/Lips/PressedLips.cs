using System.Runtime.CompilerServices;
using LipSync.Benchmarks.Quality.Measures;
using LipSync.Benchmarks.Quality.Speeches;
using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality.Experiments.Lips;

/// <summary>Whether the finished video's lips are closed where a p, b or m is spoken.</summary>
internal sealed class PressedLips : IExperiment
{
    private const double Tolerance = 0.04;
    private const float ClosedShare = 0.15f;
    private const double ChanceShift = 0.47;

    private static readonly Clip[] Videos = [Clip.Demo1, Clip.Demo2, Clip.Silent, Clip.Portrait];

    public string Name => "pbm";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var speech = await Festival.Speak(Festival.PressedLips, Festival.Voices[0], studio.NewFile(), cancellationToken);
        var closures = speech.Closures();
        foreach (var video in Videos)
        {
            var told = await studio.Take(video, speech.Clip, Setup.Product with { Name = "told closures", Hearing = tracker => new ToldClosures(tracker, closures) }, cancellationToken);
            var heard = await studio.Take(video, speech.Clip, cancellationToken);
            yield return new("p b m closed: phonemes known", video.Name, ShareClosed(told, closures), Aim.AtLeast(0.9), 0.03);
            yield return new("p b m closed: phonemes known, by chance", video.Name, ShareClosed(told, [.. closures.Select(closure => closure.Shift(ChanceShift))]), Aim.None, 0);
            yield return new("p b m closed: speech heard", video.Name, ShareClosed(heard, closures), Aim.High, 0.03);
        }
    }

    private static double ShareClosed(Take take, List<Stretch> closures)
    {
        var own = OpeningRange.Of(take.Source.Seen.Openings());
        var planned = OpeningRange.Of(take.Planned.Openings());

        // Who never opens his mouth has the range that was planned for him.
        var range = own.Size > planned.Size / 2 ? own : planned;
        var seen = take.Seen.Openings();
        return (double)closures.Count(closure => Enumerable.Range(0, seen.Length)
            .Where(frame => closure.Reaches((double)frame / take.Info.Fps, Tolerance))
            .Any(frame => range.Share(seen[frame]) < ClosedShare)) / closures.Count;
    }
}
