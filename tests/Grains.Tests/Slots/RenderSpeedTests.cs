using LipSync.Slots.Status;

namespace LipSync.Tests.Slots;

public sealed class RenderSpeedTests
{
    [Fact]
    public void FramesPerSecond_NothingRendered_IsZero() => Assert.Equal(0, new RenderSpeed().FramesPerSecond);

    [Fact]
    public void FramesPerSecond_AfterAChange_FollowsWithinTenItems()
    {
        var speed = new RenderSpeed();
        Add(speed, 20, 100, seconds: 4);
        Assert.Equal(25, speed.FramesPerSecond, 6);
        Add(speed, 10, 100, seconds: 2);
        Assert.InRange(speed.FramesPerSecond, 42, 50);
    }

    [Fact]
    public void FramesPerSecond_AChunkWasFoundReady_StaysNearTheTruth()
    {
        var speed = new RenderSpeed();
        Add(speed, 20, 100, seconds: 4);
        Add(speed, 1, 100, seconds: 0);
        Assert.InRange(speed.FramesPerSecond, 25, 32);
    }

    private static void Add(RenderSpeed speed, int items, int frames, double seconds)
    {
        for (var item = 0; item < items; item++)
        {
            speed.Add(frames, TimeSpan.FromSeconds(seconds));
        }
    }
}
