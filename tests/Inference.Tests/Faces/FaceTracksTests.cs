using System.Numerics;
using LipSync.Media;

namespace LipSync.Faces;

public sealed class FaceTracksTests
{
    [Fact]
    public void TryRead_WrittenMesh_ComesBackWithinAFiftiethOfAPixel()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.faces");
        var random = new Random(1);
        var written = Enumerable.Range(0, 3).Select(_ => RandomMesh(random, new(1500, 900), 500)).ToArray();
        using (var writer = new FaceTracksWriter(path))
        {
            var track = writer.AddTrack();
            writer.Write(track, 7, written[0], []);
            writer.Write(track, 8, written[1], []);
            writer.Write(track, 12, written[2], []);
            writer.Finish(minFrames: 1);
        }

        using var tracks = FaceTracks.Open(path);
        var mesh = new Vector3[FaceTracks.MeshPoints];
        var only = Assert.Single(tracks.Tracks);
        Assert.Equal((7, 12, 3), (only.FirstFrame, only.LastFrame, only.FramesSeen));
        foreach (var (frame, expected) in new[] { (12, written[2]), (7, written[0]), (8, written[1]) })
        {
            Assert.True(tracks.TryRead(only, frame, mesh));
            Assert.All(mesh.Zip(expected), pair => Assert.True(Vector3.Distance(pair.First, pair.Second) < 0.02f));
        }

        Assert.All([6, 9, 11, 13, -1], frame => Assert.False(tracks.TryRead(only, frame, mesh)));
    }

    [Fact]
    public void Largest_SmallerButLongerSeen_OutweighsABriefLargeFace()
    {
        var brief = new FaceTrack(0, 0, 9, 10, 40_000);
        var longer = new FaceTrack(1, 0, 99, 100, 10_000);

        Assert.Same(longer, FaceTracks.LargestOf([brief, longer]));
        Assert.Null(FaceTracks.LargestOf([]));
    }

    [Fact]
    public void Finish_BriefTracks_AreLeftOutAndTheRestNumberedByAppearance()
    {
        using var folder = new TemporaryFolder();
        var mesh = RandomMesh(new Random(2), new(100, 100), 50);
        using var writer = new FaceTracksWriter(folder.File("a.faces"));
        var (late, brief, early) = (writer.AddTrack(), writer.AddTrack(), writer.AddTrack());
        writer.Write(early, 0, mesh, []);
        writer.Write(brief, 0, mesh, []);
        writer.Write(early, 1, mesh, []);
        writer.Write(late, 5, mesh, []);
        writer.Write(late, 6, mesh, []);

        var kept = writer.Finish(minFrames: 2);

        Assert.Equal([(0, 0), (1, 5)], kept.Select(track => (track.Id, track.FirstFrame)));
    }

    [Fact]
    public void Open_UnfinishedFile_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.faces");
        using (var writer = new FaceTracksWriter(path))
        {
            writer.Write(writer.AddTrack(), 0, RandomMesh(new Random(3), new(100, 100), 50), []);
        }

        Assert.Throws<InvalidDataException>(() => FaceTracks.Open(path));
    }

    private static Vector3[] RandomMesh(Random random, Vector2 centre, float radius) =>
        [.. Enumerable.Range(0, FaceTracks.MeshPoints).Select(_ => new Vector3(
            centre.X + (radius * Spread(random)), centre.Y + (radius * Spread(random)), radius / 2 * Spread(random)))];

    private static float Spread(Random random) => (2 * random.NextSingle()) - 1;
}
