using LipSync.Benchmarks.Quality.Takes;
using LipSync.Media.Ffmpeg;

namespace LipSync.Benchmarks.Quality.Experiments.Costs;

/// <summary>Clips made as long as wanted by starting again at their end, as a customer might send them.</summary>
internal static class LoopedClip
{
    /// <summary>Encodes a video once as 720p25 H.264 with ffmpeg's own settings, and repeats that.</summary>
    public static async Task<string> Video(Studio studio, Clip clip, double seconds, CancellationToken cancellationToken)
    {
        var (once, looped) = (studio.NewFile() + ".mp4", studio.NewFile() + ".mp4");
        await FfmpegProcess.Run(
            FfmpegCommand.Ffmpeg(["-i", await studio.Cut(clip, cancellationToken), "-vf", "scale=720:-2:flags=bicubic,fps=25", "-c:v", "libx264", "-c:a", "aac", once]),
            cancellationToken);
        await Loop(once, seconds, looped, cancellationToken);
        return looped;
    }

    public static async Task<string> Speech(Studio studio, Clip clip, double seconds, CancellationToken cancellationToken)
    {
        var looped = studio.NewFile() + ".flac";
        var speech = await studio.Speech(clip, cancellationToken);
        await Loop(speech.Path, seconds, looped, cancellationToken);
        return looped;
    }

    private static Task Loop(string path, double seconds, string output, CancellationToken cancellationToken) => FfmpegProcess.Run(
        FfmpegCommand.Ffmpeg(["-stream_loop", "-1", "-i", path, "-t", FormattableString.Invariant($"{seconds}"), "-c:v", "copy", output]), cancellationToken);
}
