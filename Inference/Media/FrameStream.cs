namespace LipSync.Media;

/// <summary>Raw frames on a pipe, as ffmpeg writes them.</summary>
internal static class FrameStream
{
    /// <summary>The output arguments that make ffmpeg write them.</summary>
    public static IReadOnlyList<string> Arguments { get; } = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"];

    /// <summary>Reads the next frame; false where the stream ends before the frame is whole.</summary>
    public static async ValueTask<bool> Read(Stream stream, YuvFrame frame, CancellationToken cancellationToken) =>
        await stream.ReadAtLeastAsync(frame.Bytes, frame.Bytes.Length, throwOnEndOfStream: false, cancellationToken) == frame.Bytes.Length;
}
