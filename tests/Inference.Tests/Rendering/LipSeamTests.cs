using System.Numerics;
using LipSync.Media;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;

namespace LipSync.Rendering;

public class LipSeamTests
{
    private static readonly NormalVideo Info = new(SyntheticPlan.Width, SyntheticPlan.Height, 25, 10);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-4)]
    public async Task Find_DarkLineOffTheMesh_IsFoundWhereItIs(int pixelsDown)
    {
        var middle = (int)MathF.Round((SyntheticPlan.Mesh[13].Y + SyntheticPlan.Mesh[14].Y) / 2);
        var seam = await Find(opening: 0.01f, band: (middle + pixelsDown - 1, middle + pixelsDown + 2), luma: 60);

        Assert.Equal(pixelsDown / SyntheticPlan.Pose.Scale, seam.Middle, 0.015f);
        Assert.All(seam.Gaps, gap => Assert.Equal(1, gap));
    }

    [Theory]
    [InlineData(220)]
    [InlineData(30)]
    public async Task Find_PartedLips_EndWhereTheTeethOrTheDarkBegin(byte luma)
    {
        var mesh = Mesh(0.1f);
        var (top, bottom) = ((int)mesh[13].Y + 3, (int)mesh[14].Y - 2);

        var seam = await Find(0.1f, (top, bottom), luma);
        Vector2[] shape = [.. mesh.Select(point => SyntheticPlan.Pose.ToCanonical(point).AsVector2())];
        Apply(seam, shape);

        // A pixel beyond the edges: what the picture mixes there is no lip.
        Assert.InRange(SyntheticPlan.Pose.ToPicture(new Vector3(shape[13], 0)).Y, top - 3, top + 0.5f);
        Assert.InRange(SyntheticPlan.Pose.ToPicture(new Vector3(shape[14], 0)).Y, bottom - 0.5f, bottom + 3);
    }

    [Fact]
    public async Task Apply_ToLipsThatTouch_LeavesNoGapBetweenTrueEdges()
    {
        var open = Mesh(0.1f);
        var seam = await Find(0.1f, ((int)open[13].Y + 3, (int)open[14].Y - 2), 220);
        Vector2[] closed = [.. Mesh(0.01f).Select(point => SyntheticPlan.Pose.ToCanonical(point).AsVector2())];

        Apply(seam, closed);

        Assert.Equal(closed[13].Y, closed[14].Y, 1e-4f);
    }

    [Fact]
    public void Spread_LongVideo_LooksAllOverIt()
    {
        var looked = LipSeamFinder.Spread([.. Enumerable.Range(100, 1000)]).ToList();

        Assert.Equal([100, 300, 500, 700, 900], looked.Select(numbers => numbers[0]));
        Assert.All(looked, numbers => Assert.Equal(5, numbers.Count));
    }

    [Fact]
    public void Spread_Picture_LooksOnce() => Assert.Equal([[0]], LipSeamFinder.Spread([0]));

    [Fact]
    public async Task Find_RedLipThatTheMeshHasOnItsUpperEdge_EndsAtTheTeeth()
    {
        // As in a broad smile: the mesh's edge lies where skin turns to lip, further down lip turns to teeth.
        var mesh = Mesh(0.12f);
        var (edge, bottom) = ((int)mesh[13].Y, (int)mesh[14].Y);
        var thickness = (int)(0.04f * SyntheticPlan.Pose.Scale);

        var seam = await Find(0.12f, (edge + thickness, bottom), 200, lip: (edge, edge + thickness));

        Assert.InRange(seam.Middle, 0.02f, 0.045f);
    }

    [Fact]
    public void Narrowed_LipsThickerThanTheMeshSeesThem_MoveLessAndAsMuchWhereNothingIsAsked()
    {
        var seam = LipSeam.AsMeshed with { Gaps = [.. Enumerable.Repeat(0.6f, LipSeam.Columns)] };
        var open = new MouthParameters(0.15f, 0.6f, 0.6f);

        Assert.Equal(open, seam.Narrowed(open, own: 0.15f));
        Assert.Equal(0.15f - 0.6f * 0.14f, seam.Narrowed(open with { Opening = 0.01f }, own: 0.15f).Opening, 1e-5f);
    }

    private static void Apply(LipSeam seam, Span<Vector2> shape)
    {
        var gaps = new float[LipSeam.Columns];
        LipSeam.Measure(shape, gaps);
        seam.Apply(shape, gaps);
    }

    private static Vector3[] Mesh(float opening) => SyntheticFace.InPicture(SyntheticFace.Canonical(opening), SyntheticPlan.Pose);

    /// <summary>A grey face with a band of another brightness between its lips.</summary>
    /// <param name="lip">Rows of the upper lip, red and darker than the face; none by default.</param>
    private static async Task<LipSeam> Find(float opening, (int Top, int Bottom) band, byte luma, (int Top, int Bottom) lip = default)
    {
        using var folder = new TemporaryFolder();
        using var frame = new YuvFrame(Info.Width, Info.Height);
        frame.Bytes.Span.Fill(128);
        frame.Y.Slice(lip.Top * Info.Width, (lip.Bottom - lip.Top) * Info.Width).Fill(80);
        frame.V.Slice(lip.Top / 2 * Info.Width / 2, (lip.Bottom - lip.Top) / 2 * Info.Width / 2).Fill(150);
        frame.Y.Slice(band.Top * Info.Width, (band.Bottom - band.Top) * Info.Width).Fill(luma);
        await using (var writer = FrameWriter.Open(folder.File("video.mp4"), Info.Width, Info.Height, Info.Fps))
        {
            for (var number = 0; number < Info.Frames; number++)
            {
                await writer.Write(frame, CancellationToken.None);
            }

            await writer.Finish(CancellationToken.None);
        }

        var faces = Enumerable.Repeat(new SourceFace(new MouthParameters(opening, 0.6f, 0.6f), 0, 0, 1), Info.Frames).ToList();
        return await LipSeamFinder.Find(SyntheticPlan.Speaker, Read, faces, [.. Enumerable.Range(0, faces.Count)], folder.File("video.mp4"), Info, CancellationToken.None);

        bool Read(int frame, Span<Vector3> mesh)
        {
            Mesh(opening).CopyTo(mesh);
            return true;
        }
    }
}
