namespace LipSync.Media;

/// <summary>
/// The source frames of an output range in output order, also where the map runs backwards: backward runs are decoded in blocks.
/// Memory is bounded by one block.
/// </summary>
public sealed class MappedFrames : IAsyncDisposable
{
    public static MappedFrames Open(string path, NormalVideo info, FrameMap map, int firstOutputFrame, int count) => throw new NotImplementedException();

    /// <summary>Reads the source picture of the next output frame into <paramref name="frame"/>; false after the last.</summary>
    public ValueTask<bool> Read(YuvFrame frame, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
