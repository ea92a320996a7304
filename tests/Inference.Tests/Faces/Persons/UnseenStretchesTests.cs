using LipSync.Media;

namespace LipSync.Faces.Persons;

public class UnseenStretchesTests
{
    [Fact]
    public void Hold_GapsAtEveryPlace_ShowTheLastPictureOrTheFirst()
    {
        using var cast = new SyntheticCast([new(1, 10, 50), new(1, 80, 150), new(2, 0, 200, X: 800)]);

        var map = UnseenStretches.Hold(FrameMap.For(SyncMode.CutOff, 200, 8, 25), cast.Tracks, cast.Tracks.SpeakerOf([1, 2]));

        Assert.Equal([new(0, 10, 10), new(50, 80, 49), new(150, 200, 149)], map.Held);
        Assert.Equal((10, 30, 49, 149), (map.SourceOf(0), map.SourceOf(30), map.SourceOf(79), map.SourceOf(199)));
    }

    [Fact]
    public void Hold_AlwaysSeen_ChangesNothing()
    {
        using var cast = new SyntheticCast([new(1, 0, 200)]);

        Assert.Empty(UnseenStretches.Hold(FrameMap.For(SyncMode.Loop, 200, 20, 25), cast.Tracks, cast.Tracks.SpeakerOf([0])).Held);
    }
}
