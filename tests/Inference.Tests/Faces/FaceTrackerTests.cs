using System.Numerics;
using LipSync.Media;
using LipSync.Models;

namespace LipSync.Faces;

public sealed class FaceTrackerTests
{
    private static readonly FaceTracker Tracker = new(ModelCatalog.BesideProgram);

    [SkippableFact]
    public async Task Track_OnePicture_PutsTheMeshOnTheFace()
    {
        using var folder = new TemporaryFolder();
        await Encode(folder, "-i {0} -frames:v 1", TestMedia.Find("media/astronaut.png"));
        var info = new NormalVideo(512, 512, 25, 1);

        var summary = await Track(folder, info);

        Assert.Equal(new FaceSummary(1, 1), summary);
        using var tracks = FaceTracks.Open(folder.File("a.faces"));
        var mesh = new Vector3[FaceTracks.MeshPoints];
        Assert.True(tracks.TryRead(tracks.Largest!, 0, mesh));

        // Read off the picture by eye.
        AssertNear(mesh[1], 224, 127);
        AssertNear(mesh[13], 224, 142);
        AssertNear(mesh[33], 193, 101);
        AssertNear(mesh[263], 259, 104);
    }

    [SkippableFact]
    public async Task Track_CutBetweenTwoPeople_EndsTheTrackAtTheCut()
    {
        using var folder = new TemporaryFolder();
        await Encode(
            folder,
            "-t 1 -i {0} -t 1 -i {1} -filter_complex [0]scale=360:640,setsar=1[a];[1]scale=360:640,setsar=1[b];[a][b]concat=n=2 -an",
            TestMedia.Find("media/latentsync_demo1.mp4"), TestMedia.Find("media/dhlive_000002.mp4"));
        var info = new NormalVideo(360, 640, 25, 50);

        var summary = await Track(folder, info);

        Assert.Equal(new FaceSummary(2, 25), summary);
        using var tracks = FaceTracks.Open(folder.File("a.faces"));
        Assert.Equal([(0, 24), (25, 49)], tracks.Tracks.Select(track => (track.FirstFrame, track.LastFrame)));
        Assert.Equal(1, tracks.Largest!.Id);
    }

    [SkippableFact]
    public async Task Track_FaceHiddenForAWhile_IsTheSameTrackWithAGap()
    {
        using var folder = new TemporaryFolder();
        await Encode(
            folder, "-t 1.6 -i {0} -vf scale=360:640,drawbox=90:140:160:150:color=gray:t=fill:enable='between(n,15,20)' -an", TestMedia.Find("media/latentsync_demo1.mp4"));
        var info = new NormalVideo(360, 640, 25, 40);

        await Track(folder, info);

        using var tracks = FaceTracks.Open(folder.File("a.faces"));
        var track = Assert.Single(tracks.Tracks);
        Assert.Equal((0, 39), (track.FirstFrame, track.LastFrame));
        var mesh = new Vector3[FaceTracks.MeshPoints];
        Assert.All(Enumerable.Range(15, 6), frame => Assert.False(tracks.TryRead(track, frame, mesh)));
        Assert.InRange(track.FramesSeen, 29, 34);
    }

    [SkippableFact]
    public async Task Track_TwoFacesSideBySide_AreTwoTracksAndTheLargerSpeaks()
    {
        using var folder = new TemporaryFolder();
        await Encode(
            folder,
            "-t 0.4 -i {0} -t 0.4 -i {1} -filter_complex [0]scale=540:960,setsar=1[a];[1]scale=540:960,setsar=1[b];[a][b]hstack -an",
            TestMedia.Find("media/latentsync_demo1.mp4"), TestMedia.Find("media/latentsync_demo2.mp4"));
        var info = new NormalVideo(1080, 960, 25, 10);

        var summary = await Track(folder, info);

        Assert.Equal(new FaceSummary(2, 10), summary);
        using var tracks = FaceTracks.Open(folder.File("a.faces"));
        var mesh = new Vector3[FaceTracks.MeshPoints];
        Assert.True(tracks.TryRead(tracks.Largest!, 0, mesh));
        Assert.True(mesh[1].X > 540);
    }

    [Fact]
    public async Task Track_NoFace_FindsNone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.faces");
        var number = 0;

        var summary = await Tracker.Track(Read, new(320, 240, 25, 8), path, CancellationToken.None);

        Assert.Equal(new FaceSummary(0, 0), summary);
        using var tracks = FaceTracks.Open(path);
        Assert.Null(tracks.Largest);

        ValueTask<bool> Read(YuvFrame frame, CancellationToken cancellationToken)
        {
            TestVideo.Paint(frame, number);
            return ValueTask.FromResult(number++ < 8);
        }
    }

    private static async Task<FaceSummary> Track(TemporaryFolder folder, NormalVideo info)
    {
        await using var reader = FrameReader.Open(folder.File("video.mp4"), info, 0, info.Frames);
        return await Tracker.Track(reader.Read, info, folder.File("a.faces"), CancellationToken.None);
    }

    private static Task Encode(TemporaryFolder folder, string input, params string[] files) =>
        TestVideo.Make(
            input + $" -r 25 -c:v libx264 -preset ultrafast -crf 16 -pix_fmt yuv420p {{{files.Length}}}", [.. files, folder.File("video.mp4")]);

    private static void AssertNear(Vector3 point, float x, float y) =>
        Assert.True(Vector2.Distance(new(point.X, point.Y), new(x, y)) < 5, $"{point} is not near ({x}, {y}).");
}
