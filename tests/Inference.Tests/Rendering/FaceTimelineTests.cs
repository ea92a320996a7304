using LipSync.Faces.Persons;
using LipSync.Media;
using LipSync.Rendering.Plans;
using LipSync.Reports;

namespace LipSync.Rendering;

public class FaceTimelineTests
{
    private const float Turned = 0.7f;

    [Fact]
    public void Of_SpeakerLeavesTurnsAndReturns_TellsWhy()
    {
        using var cast = new SyntheticCast([new(1, 0, 60), new(1, 100, 200), new(2, 60, 80, X: 800)]);

        // The way into the turned head is uncertain for a moment, a weak face at the end for long.
        var spans = Timeline(cast, frame => frame switch
        {
            < 60 => (0, 1),
            < 100 => (0, 0),
            < 120 => (0, 1),
            < 124 => (0.5f, 0.6f),
            < 150 => (Turned, 0),
            < 180 => (0, 1),
            _ => (0, 0.5f),
        });

        Assert.Equal(
            [
                new(0, 60, FaceState.Synced, null),
                new(60, 20, FaceState.PassedThrough, FaceReason.OtherPerson),
                new(80, 20, FaceState.PassedThrough, FaceReason.NoFace),
                new(100, 20, FaceState.Synced, null),
                new(120, 30, FaceState.PassedThrough, FaceReason.TurnedAway),
                new(150, 30, FaceState.Synced, null),
                new(180, 20, FaceState.LowConfidence, FaceReason.TooSmall),
            ],
            spans);
    }

    [Fact]
    public void Of_HeldPicture_IsToldApartFromTheSourceAsItIs()
    {
        using var cast = new SyntheticCast([new(1, 0, 60)]);

        var spans = Timeline(cast, frame => (0, frame < 60 ? 1 : 0), hold: true);

        Assert.Equal([new(0, 60, FaceState.Synced, null), new(60, 140, FaceState.Held, FaceReason.NoFace)], spans);
    }

    private static IReadOnlyList<FaceSpan> Timeline(SyntheticCast cast, Func<int, (float Yaw, float Fitness)> face, bool hold = false)
    {
        var speaker = cast.Tracks.SpeakerOf(cast.Tracks.Tracks.Count > 1 ? [0, 2] : [0]);
        var map = FrameMap.For(SyncMode.CutOff, 200, 8, 25);
        var request = new PlanRequest
        {
            Video = "", Info = SyntheticCast.Info, Faces = "", Speech = "", Map = hold ? UnseenStretches.Hold(map, cast.Tracks, speaker) : map,
        };
        var faces = Enumerable.Range(0, 200).Select(face).Select(at => new SourceFace(default, at.Yaw, 0, at.Fitness)).ToList();
        return FaceTimeline.Of(new(request, cast.Tracks, speaker, new([]), OwnSpeech: null), faces);
    }
}
