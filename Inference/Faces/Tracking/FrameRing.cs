using LipSync.Media;

namespace LipSync.Faces.Tracking;

/// <summary>The last few frames, addressed by frame number, in buffers that go round.</summary>
internal sealed class FrameRing(int width, int height, int size) : IDisposable
{
    private readonly YuvFrame[] frames = [.. Enumerable.Range(0, size).Select(_ => new YuvFrame(width, height))];

    public YuvFrame this[int frame] => frames[frame % frames.Length];

    public void Dispose()
    {
        foreach (var frame in frames)
        {
            frame.Dispose();
        }
    }
}
