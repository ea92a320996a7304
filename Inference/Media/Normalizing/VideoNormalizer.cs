using System.Globalization;
using LipSync.Media.Ffmpeg;
using LipSync.Media.Probing;

namespace LipSync.Media.Normalizing;

/// <summary>Looks at the frames of a normal video while it is made, and reads them to the end.</summary>
/// <param name="read">Fills the next frame; false after the last.</param>
/// <param name="expected">What the video will hold; its frames as far as the source's header tells.</param>
public delegate Task FrameViewer(Func<YuvFrame, CancellationToken, ValueTask<bool>> read, NormalVideo expected);

/// <summary>Makes a normal video of whatever a customer sends: constant rate, upright, even sides, 8-bit yuv420p BT.709, near lossless.</summary>
public static class VideoNormalizer
{
    /// <summary>Writes the normal video and answers what it holds, counted while it was written.</summary>
    /// <param name="isImage">A picture: the result has one frame.</param>
    /// <param name="maxSeconds">Longer sources are cut here.</param>
    /// <param name="viewer">Sees every frame before it is encoded, so that nobody has to decode it for that; null: nobody looks.</param>
    /// <param name="progress">0 … 1, as far as the source's header tells its length.</param>
    /// <exception cref="MediaRefusedException">The source can't be used.</exception>
    public static async Task<NormalVideo> Normalize(
        string source, bool isImage, VideoFormat format, double maxSeconds, string output, FrameViewer? viewer, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var role = isImage ? MediaRole.Picture : MediaRole.Video;
        var facts = await MediaProbe.Probe(source, role, cancellationToken);
        var video = facts.Video!;
        var (width, height) = VideoFilter.Size(video, format.ShortSide);
        var maxFrames = isImage ? 1 : Math.Max(1, (int)Math.Ceiling(Math.Min(maxSeconds * format.Fps, int.MaxValue)));
        var expected = new NormalVideo(
            width, height, format.Fps, (int)Math.Clamp(Math.Round((facts.HeaderSeconds ?? maxSeconds) * format.Fps), 1, maxFrames));
        var filter = isImage ? VideoFilter.ForPicture(width, height) : VideoFilter.ForVideo(video, width, height, format.Fps);
        string[] frames = ["-fps_mode", "passthrough", "-frames:v", maxFrames.ToString(CultureInfo.InvariantCulture)];
        var read = 0;

        using var scratch = new ScratchFolder(output);
        var flawed = await Transcode.Run(
            source,
            facts,
            role,
            [
                "-filter_complex", string.Create(CultureInfo.InvariantCulture, $"[0:{video.Index}]{filter},split[file][view]"),
                "-map", "[file]", .. frames, .. VideoEncoding.Normal, .. VideoEncoding.Track(format.Fps), scratch.File("normal.mp4"),
                "-map", "[view]", .. frames, .. FrameStream.Arguments,
            ],
            maxSeconds,
            scratch.Path,
            async stream => await (viewer ?? Skip)((frame, stop) => Read(stream, frame, stop), expected),
            cancellationToken);
        if (read == 0)
        {
            throw (facts.Truncated, flawed) switch
            {
                (true, _) => Refusal.Truncated(role),
                (_, true) => Refusal.Damaged(role),
                _ => Refusal.VideoTooShort(),
            };
        }

        scratch.Publish("normal.mp4");
        return expected with { Frames = read };

        async ValueTask<bool> Read(Stream stream, YuvFrame frame, CancellationToken stop)
        {
            if (!await FrameStream.Read(stream, frame, stop))
            {
                return false;
            }

            read++;
            progress?.Report(Math.Min(1, (double)read / expected.Frames));
            return true;
        }
    }

    private static async Task Skip(Func<YuvFrame, CancellationToken, ValueTask<bool>> read, NormalVideo expected)
    {
        using var frame = new YuvFrame(expected.Width, expected.Height);
        while (await read(frame, CancellationToken.None))
        {
            // The pipe must not run full.
        }
    }
}
