using System.Runtime.CompilerServices;
using LipSync.Benchmarks.Costs;
using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality.Experiments.Costs;

/// <summary>
/// How fast a video of half a minute is made, from the source to the finished file, against its own length and against plain
/// transcodes of the source in the same run. A short video first, as a service is warm.
/// </summary>
internal sealed class Speed : IExperiment
{
    private const double Seconds = 30;
    private const double WarmUp = 3;

    /// <summary>What other work on the machine may do to a ratio.</summary>
    private const double Noise = 0.1;

    private static readonly Clip[] Videos = [Clip.Demo1, Clip.Silent];

    public string Name => "speed";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var video in Videos)
        {
            await Make(studio, video, WarmUp, cancellationToken);
            var run = await Make(studio, video, Seconds, cancellationToken);
            var (subject, all, (delivery, common)) = ($"{video.Name}, 720p25", run.All, (run.Plain[0], run.Plain[1]));
            yield return new("speed: times real time", subject, run.Seconds / all.Time.TotalSeconds, Aim.AtLeast(2), 10 * Noise);
            yield return new("speed: frames/s against a transcode of the same encoding", subject, all.FramesPerSecond / delivery.FramesPerSecond, Aim.AtLeast(0.5), Noise);
            yield return new("speed: frames/s against a transcode by ffmpeg's default", subject, all.FramesPerSecond / common.FramesPerSecond, Aim.High, Noise);
            yield return new("speed: frames/cpu s against a transcode of the same encoding", subject, all.FramesPerCpuSecond / delivery.FramesPerCpuSecond, Aim.High, Noise);
            yield return new("speed: frames/cpu s against a transcode by ffmpeg's default", subject, all.FramesPerCpuSecond / common.FramesPerCpuSecond, Aim.High, Noise);
            yield return new("speed: review, s", subject, run.Review.Time.TotalSeconds, Aim.None, 0);
        }
    }

    private static async Task<PipelineRun> Make(Studio studio, Clip video, double seconds, CancellationToken cancellationToken) => await PipelineRun.Measure(
        new(
            await LoopedClip.Video(studio, video, seconds, cancellationToken),
            await LoopedClip.Speech(studio, Clip.English, seconds, cancellationToken),
            studio.NewFile() + ".mp4"),
        cancellationToken);
}
