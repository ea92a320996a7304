using LipSync.Faces;
using LipSync.Faces.Tracking;
using LipSync.Media;
using LipSync.Rendering.Plans;
using LipSync.Reports;

namespace LipSync.Rendering.Occlusion;

public class CoverFinderTests
{
    private const int Frames = 100;
    private const int Fps = 25;

    /// <summary>Brightness and V of painted things.</summary>
    private static readonly (byte Luma, byte V) Skin = (150, 150);
    private static readonly (byte Luma, byte V) Lips = (100, 165);
    private static readonly (byte Luma, byte V) Foam = (35, 128);

    [Fact]
    public void Find_MicrophoneForHalfASecond_CoversTheseFramesAndNoOthers()
    {
        var (masks, faces) = Find((frame, picture) => Paint(picture, frame is >= 40 and < 52 ? Foam : null, x: 0, y: 0.95f));

        Assert.Equal(Enumerable.Range(40, 12), Covered(masks).Where(frame => frame is >= 40 and < 52));
        Assert.All(Covered(masks), frame => Assert.InRange(frame, 39, 52));
        Assert.Equal(Covered(masks), Enumerable.Range(0, Frames).Where(frame => faces[frame].IsCovered));
        Assert.Equal(FaceReason.Covered, faces[45].Weakness);
        Assert.Equal(0, faces[45].Fitness);
    }

    [Fact]
    public void Find_HandOfTheFacesOwnColour_IsFoundByTheLipsItHides()
    {
        var (masks, _) = Find((frame, picture) => Paint(picture, frame is >= 40 and < 60 ? ((byte)165, (byte)150) : null, x: 0, y: 0.8f));

        Assert.Equal(Enumerable.Range(40, 20), Covered(masks).Where(frame => frame is >= 40 and < 60));
    }

    [Fact]
    public void Find_TeethNeverSeenBefore_CoverNothing()
    {
        var (masks, faces) = Find((frame, picture) =>
        {
            Paint(picture, null, 0, 0);
            if (frame is >= 40 and < 52)
            {
                Fill(picture, 0, 0.75f, 0.12f, 0.04f, (220, 128));
            }
        });

        Assert.Empty(Covered(masks));
        Assert.All(faces, face => Assert.True(face.IsShowable));
    }

    [Fact]
    public void Find_MicrophoneBesideTheMouth_LeavesTheMouthFit()
    {
        var (masks, faces) = Find((frame, picture) => Paint(picture, frame is >= 40 and < 52 ? Foam : null, x: -0.6f, y: 0.9f));

        Assert.Contains(45, Covered(masks));
        Assert.InRange(faces[45].Fitness, 0.5f, 1);
        Assert.False(faces[45].IsShowable);
    }

    [Fact]
    public void Find_SceneOfHalfASecond_IsNotJudged()
    {
        var (masks, _) = Find((frame, picture) => Paint(picture, frame is >= 4 and < 6 ? Foam : null, 0, 0.9f), new Scenes([12]));

        Assert.Equal(0, masks.Count);
    }

    private static (CoverMasks Masks, SourceFace[] Faces) Find(Action<int, byte[]> paint, Scenes? scenes = null)
    {
        var mesh = SyntheticFace.InPicture(SyntheticFace.Canonical(), SyntheticFace.Pose(100, 200, 200));
        var faces = new SourceFace[Frames];
        Array.Fill(faces, new SourceFace(new(0.02f, 0.6f, 0.7f), 0, 0, 1));
        bool Mesh(int frame, Span<System.Numerics.Vector3> target) => mesh.AsSpan().TryCopyTo(target);
        bool Thumbnail(int frame, Span<byte> target)
        {
            var picture = new byte[FaceThumbnail.Bytes];
            paint(frame, picture);
            var noise = new Random(frame);
            for (var i = 0; i < picture.Length; i++)
            {
                picture[i] = (byte)(picture[i] + noise.Next(-2, 3));
            }

            return picture.AsSpan().TryCopyTo(target);
        }

        using var folder = new TemporaryFolder();
        using var tracks = OtherFacesTests.Tracks(folder, mesh);
        var others = new OtherFaces(tracks, new Speaker(tracks.Tracks));
        return (CoverFinder.Find(Mesh, Thumbnail, others, faces, scenes ?? new Scenes([]), Fps, CancellationToken.None), faces);
    }

    private static List<int> Covered(CoverMasks masks) =>
        [.. Enumerable.Range(0, Frames).Where(frame => masks.TryRead(frame, new float[LowerFace.Cells]))];

    private static void Paint(byte[] picture, (byte Luma, byte V)? thing, float x, float y)
    {
        Array.Fill(picture, (byte)128);
        Fill(picture, 0, 0.3f, 2, 2, Skin);
        Fill(picture, 0, 0.75f, 0.3f, 0.09f, Lips);
        if (thing is { } colour)
        {
            Fill(picture, x, y, 0.24f, 0.4f, colour);
        }
    }

    private static void Fill(byte[] picture, float x, float y, float halfWidth, float halfHeight, (byte Luma, byte V) colour)
    {
        const int luma = FaceThumbnail.Width * FaceThumbnail.Height;
        for (var row = 0; row < FaceThumbnail.Height; row++)
        {
            for (var column = 0; column < FaceThumbnail.Width; column++)
            {
                var (cellX, cellY) = (((column + 0.5f) / FaceThumbnail.Width * 1.5f) - 0.75f, ((row + 0.5f) / FaceThumbnail.Height * 1.8f) - 0.6f);
                if (MathF.Abs(cellX - x) <= halfWidth && MathF.Abs(cellY - y) <= halfHeight)
                {
                    picture[(row * FaceThumbnail.Width) + column] = colour.Luma;
                    picture[luma + (luma / 4) + (row / 2 * FaceThumbnail.Width / 2) + (column / 2)] = colour.V;
                }
            }
        }
    }
}
