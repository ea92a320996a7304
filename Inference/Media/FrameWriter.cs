namespace LipSync.Media;

/// <summary>
/// Encodes frames to an H.264 mp4 chunk. The encoder is started anew for every <see cref="SegmentFrames"/> frames (one closed GOP,
/// counted from the chunk's first frame), so that the decoded picture doesn't depend on how a video was cut into chunks, as long
/// as chunks begin at multiples of it.
/// </summary>
public sealed class FrameWriter : IAsyncDisposable
{
    /// <summary>Chunk boundaries must be multiples of this.</summary>
    public const int SegmentFrames = 50;

    public static FrameWriter Open(string path, int width, int height, int fps) => throw new NotImplementedException();

    public ValueTask Write(YuvFrame frame, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Ends the file. Without it, disposing removes what was written.</summary>
    public Task Finish(CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
