using System.Numerics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Occlusion;

public sealed class OtherFacesTests : IDisposable
{
    private static readonly Vector3[] Own = Face(scale: 100, x: 200);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(130, 300, true)]
    [InlineData(70, 300, false)]
    [InlineData(130, 500, false)]
    public void Cover_FaceOnTheRight_HidesTheMouthsRightOnlyIfItIsNearAndLarger(float scale, float x, bool hidden)
    {
        var covered = Cover(Face(scale, x));

        Assert.Equal(hidden, covered[CellAt(0.25f, 0.75f)]);
        Assert.False(covered[CellAt(-0.25f, 0.75f)]);
    }

    [Fact]
    public void Cover_SmallerFaceBesideTheChin_IsNotDrawnOver()
    {
        var covered = Cover(Face(60, 270, y: 260));

        Assert.True(covered[CellAt(0.55f, 0.95f)]);
        Assert.False(covered[CellAt(0, 0.9f)]);
    }

    [Fact]
    public void Cover_SpeakersOtherTracks_AreNotOthers()
    {
        using var tracks = Tracks(folder, Own, Face(130, 275));

        Assert.False(new OtherFaces(tracks, new Speaker(tracks.Tracks)).Cover(0, Own, new bool[LowerFace.Cells]));
    }

    [Fact]
    public void Cover_SpeakersFaceFoundTwice_IsNoOther()
    {
        var twice = Array.ConvertAll(Own, point => (1.05f * point) - (0.05f * Own[FaceLandmarks.NoseBase]));

        Assert.DoesNotContain(true, Cover(twice));
    }

    /// <summary>A file of faces that are seen in one frame.</summary>
    internal static FaceTracks Tracks(TemporaryFolder folder, params Vector3[][] meshes)
    {
        var path = folder.File("faces");
        using (var writer = new FaceTracksWriter(path))
        {
            foreach (var mesh in meshes)
            {
                writer.Write(writer.AddTrack(), 0, mesh);
            }

            writer.Finish(1);
        }

        return FaceTracks.Open(path);
    }

    private bool[] Cover(Vector3[] other)
    {
        using var tracks = Tracks(folder, Own, other);
        var covered = new bool[LowerFace.Cells];
        var any = new OtherFaces(tracks, new Speaker([tracks.Tracks[0]])).Cover(0, Own, covered);
        Assert.Equal(covered.Contains(true), any);
        return covered;
    }

    private static Vector3[] Face(float scale, float x, float y = 200)
    {
        var canonical = SyntheticFace.Canonical();
        for (var i = 0; i < FaceLandmarks.Oval.Length; i++)
        {
            var (sin, cos) = MathF.SinCos(MathF.Tau * i / FaceLandmarks.Oval.Length);
            canonical[FaceLandmarks.Oval[i]] = new(0.75f * sin, 0.3f - (0.9f * cos), 0);
        }

        return SyntheticFace.InPicture(canonical, SyntheticFace.Pose(scale, x, y));
    }

    private static int CellAt(float x, float y) =>
        Enumerable.Range(0, LowerFace.Cells).MinBy(cell => Vector2.DistanceSquared(LowerFace.CentreOf(cell), new(x, y)));
}
