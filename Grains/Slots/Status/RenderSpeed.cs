namespace LipSync.Slots.Status;

/// <summary>
/// Frames per second over the last few render items. Frames and seconds fade out apart from each other, so that a chunk which was
/// found ready, in no time at all, does not count for an endless speed. Pure.
/// </summary>
public sealed class RenderSpeed
{
    /// <summary>What an item leaves of all before it.</summary>
    private const double Memory = 0.8;

    private double frames;
    private double seconds;

    /// <summary>0 where nothing was rendered yet.</summary>
    public double FramesPerSecond => seconds > 0 ? frames / seconds : 0;

    public void Add(int renderedFrames, TimeSpan elapsed)
    {
        frames = (frames * Memory) + renderedFrames;
        seconds = (seconds * Memory) + elapsed.TotalSeconds;
    }
}
