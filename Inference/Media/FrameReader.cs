namespace LipSync.Media;

/// <summary>
/// Reads frames of a normal video: one ffmpeg process and a raw pipe. Frame numbers are exact at any start.
/// </summary>
public sealed class FrameReader : IAsyncDisposable
{
    /// <summary>Opens <paramref name="count"/> frames from <paramref name="first"/> on.</summary>
    public static FrameReader Open(string path, NormalVideo info, int first, int count) => throw new NotImplementedException();

    /// <summary>Reads the next frame into <paramref name="frame"/>; false after the last.</summary>
    public ValueTask<bool> Read(YuvFrame frame, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
