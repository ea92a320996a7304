using System.Globalization;
using LipSync.Media.Ffmpeg;

namespace LipSync.Media;

/// <summary>
/// Encodes frames to an H.264 mp4 chunk. The encoder is started anew for every <see cref="SegmentFrames"/> frames (closed GOPs,
/// counted from the chunk's first frame), so that the decoded picture doesn't depend on how a video was cut into chunks, as long
/// as chunks begin at multiples of it.
/// </summary>
public sealed class FrameWriter : IAsyncDisposable
{
    /// <summary>Chunk boundaries must be multiples of this: short enough that slots can share a short video evenly, long enough that starting an encoder costs little.</summary>
    public const int SegmentFrames = 75;

    private readonly ScratchFolder scratch;
    private readonly int width;
    private readonly int height;
    private readonly int fps;
    private FfmpegProcess? encoder;
    private FfmpegProcess? flushing;
    private int frames;

    private FrameWriter(ScratchFolder scratch, int width, int height, int fps)
    {
        this.scratch = scratch;
        this.width = width;
        this.height = height;
        this.fps = fps;
    }

    private int Segments => (frames + SegmentFrames - 1) / SegmentFrames;

    public static FrameWriter Open(string path, int width, int height, int fps) =>
        new(new ScratchFolder(path), width, height, fps);

    public async ValueTask Write(YuvFrame frame, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((frame.Width, frame.Height), (width, height), nameof(frame));
        encoder ??= StartEncoder();
        frames++;
        try
        {
            await encoder.Input.WriteAsync(frame.Bytes, cancellationToken);
        }
        catch (IOException)
        {
            // The pipe broke because the encoder ended: its own words say why.
            await encoder.EnsureSuccess(cancellationToken);
            throw;
        }

        if (frames % SegmentFrames == 0)
        {
            await EndSegment(cancellationToken);
        }
    }

    /// <summary>Ends the file. Without it, disposing removes what was written.</summary>
    public async Task Finish(CancellationToken cancellationToken)
    {
        if (frames == 0)
        {
            throw new InvalidOperationException("A chunk has at least one frame.");
        }

        await EndSegment(cancellationToken);
        await EndSegment(cancellationToken);
        if (Segments == 1)
        {
            scratch.Publish(SegmentName(0));
            return;
        }

        await Concatenation.WriteList(scratch.File("list"), Enumerable.Range(0, Segments).Select(Segment), cancellationToken);
        await FfmpegProcess.Run(
            FfmpegCommand.Ffmpeg(
                [.. Concatenation.Input(scratch.File("list")), "-map", "0:v:0", .. VideoEncoding.Joined(fps), scratch.File("chunk.mp4")]),
            cancellationToken);
        scratch.Publish("chunk.mp4");
    }

    public async ValueTask DisposeAsync()
    {
        await Dispose(encoder);
        await Dispose(flushing);
        scratch.Dispose();
    }

    private static async ValueTask Dispose(FfmpegProcess? process)
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }

    private FfmpegProcess StartEncoder() => FfmpegProcess.Start(
        FfmpegCommand.Ffmpeg(
        [
            "-f", "rawvideo", "-pix_fmt", "yuv420p",
            "-video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"),
            "-framerate", fps.ToString(CultureInfo.InvariantCulture), "-i", "pipe:0",
            .. VideoEncoding.Delivery, .. VideoEncoding.Track(fps), Segment(Segments),
        ]),
        CancellationToken.None);

    // The encoder flushes while the next one already takes frames.
    private async ValueTask EndSegment(CancellationToken cancellationToken)
    {
        encoder?.Input.Close();
        (flushing, var ended, encoder) = (encoder, flushing, null);
        await using (ended)
        {
            if (ended is not null)
            {
                await ended.EnsureSuccess(cancellationToken);
            }
        }
    }

    private string Segment(int index) => scratch.File(SegmentName(index));

    private static string SegmentName(int index) => string.Create(CultureInfo.InvariantCulture, $"{index:00000}.mp4");
}
