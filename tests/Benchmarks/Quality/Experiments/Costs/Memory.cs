using System.Runtime.CompilerServices;
using LipSync.Benchmarks.Costs;
using LipSync.Benchmarks.Quality.Takes;
using LipSync.Media;

namespace LipSync.Benchmarks.Quality.Experiments.Costs;

/// <summary>The most memory that making a video takes, with all its processes, for a short and a long one.</summary>
/// <param name="longSeconds">Of the long one.</param>
internal sealed class Memory(double longSeconds) : IExperiment
{
    private const double ShortSeconds = 30;

    /// <summary>What the service cuts long jobs into, for both: encoders of a chunk overlap where they follow each other.</summary>
    private const int LongChunk = 4 * FrameWriter.SegmentFrames;
    private const double Megabyte = 1 << 20;
    private const double Noise = 50;

    public string Name => "memory";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var brief = await Peak(studio, ShortSeconds, cancellationToken);
        var lasting = await Peak(studio, longSeconds, cancellationToken);
        yield return new("memory: peak, MB", FormattableString.Invariant($"{ShortSeconds} s"), brief, Aim.AtMost(1200), Noise);
        yield return new("memory: peak, MB", FormattableString.Invariant($"{longSeconds} s"), lasting, Aim.AtMost(1200), Noise);
        yield return new("memory: long / short", FormattableString.Invariant($"{longSeconds} s / {ShortSeconds} s"), lasting / brief, Aim.AtMost(1.2), 0.1);
    }

    private static async Task<double> Peak(Studio studio, double seconds, CancellationToken cancellationToken)
    {
        var run = await PipelineRun.Measure(
            new(
                await LoopedClip.Video(studio, Clip.Demo1, seconds, cancellationToken),
                await LoopedClip.Speech(studio, Clip.English, seconds, cancellationToken),
                studio.NewFile() + ".mp4") { MaxSeconds = (int)Math.Ceiling(seconds), Chunk = LongChunk, Transcodes = false },
            cancellationToken);
        return Math.Max(run.All.PeakBytes, run.Review.PeakBytes) / Megabyte;
    }
}
