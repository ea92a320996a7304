using System.Globalization;
using LipSync.Media;
using LipSync.Media.Ffmpeg;

namespace LipSync.Benchmarks.Costs;

/// <summary>What ffmpeg alone takes to decode, scale and encode the source: the measure of the engine's speed.</summary>
internal static class PlainTranscode
{
    /// <param name="encoding">ffmpeg's output arguments.</param>
    /// <returns>Frames encoded.</returns>
    public static async Task<int> Run(string source, NormalVideo info, IEnumerable<string> encoding, string output, CancellationToken cancellationToken)
    {
        await FfmpegProcess.Run(
            FfmpegCommand.Ffmpeg(
            [
                "-i", Path.GetFullPath(source), "-map", "0:v:0", "-vf", string.Create(CultureInfo.InvariantCulture, $"scale={info.Width}:{info.Height}:flags=bicubic,fps={info.Fps}"),
                "-frames:v", info.Frames.ToString(CultureInfo.InvariantCulture), .. encoding, .. VideoEncoding.Track(info.Fps), output,
            ]),
            cancellationToken);
        return info.Frames;
    }
}
