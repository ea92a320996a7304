using System.Globalization;
using LipSync.Media.Ffmpeg;
using LipSync.Media.Probing;

namespace LipSync.Media.Normalizing;

/// <summary>Makes a normal video of whatever a customer sends: constant rate, upright, even sides, 8-bit yuv420p BT.709, near lossless.</summary>
public static class VideoNormalizer
{
    /// <summary>Writes the normal video and answers what it holds, counted while it was written.</summary>
    /// <param name="isImage">A picture: the result has one frame.</param>
    /// <param name="maxSeconds">Longer sources are cut here.</param>
    /// <param name="progress">0 … 1, as far as the source's header tells its length.</param>
    /// <exception cref="MediaRefusedException">The source can't be used.</exception>
    public static async Task<NormalVideo> Normalize(
        string source, bool isImage, VideoFormat format, double maxSeconds, string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var role = isImage ? MediaRole.Picture : MediaRole.Video;
        var facts = await MediaProbe.Probe(source, role, cancellationToken);
        var video = facts.Video!;
        var (width, height) = VideoFilter.Size(video, format.ShortSide);
        var maxFrames = isImage ? 1 : Math.Max(1, (int)Math.Ceiling(Math.Min(maxSeconds * format.Fps, int.MaxValue)));
        var expected = Math.Clamp((facts.HeaderSeconds ?? maxSeconds) * format.Fps, 1, maxFrames);

        using var scratch = new ScratchFolder(output);
        var (frames, flawed) = await Transcode.Run(
            source,
            facts,
            role,
            [
                "-map", string.Create(CultureInfo.InvariantCulture, $"0:{video.Index}"), "-vf",
                isImage ? VideoFilter.ForPicture(width, height) : VideoFilter.ForVideo(video, width, height, format.Fps),
                "-fps_mode", "passthrough", "-frames:v", maxFrames.ToString(CultureInfo.InvariantCulture),
                .. VideoEncoding.Normal, .. VideoEncoding.Track(format.Fps), scratch.File("normal.mp4"),
            ],
            maxSeconds,
            scratch.Path,
            count => progress?.Report(Math.Min(1, count / expected)),
            cancellationToken);
        if (frames == 0)
        {
            throw (facts.Truncated, flawed) switch
            {
                (true, _) => Refusal.Truncated(role),
                (_, true) => Refusal.Damaged(role),
                _ => Refusal.VideoTooShort(),
            };
        }

        scratch.Publish("normal.mp4");
        return new NormalVideo(width, height, format.Fps, frames);
    }
}
