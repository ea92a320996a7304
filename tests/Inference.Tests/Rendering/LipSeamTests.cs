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
    public async Task Measure_DarkLineOffTheMesh_IsFoundWhereItIs(int pixelsDown)
    {
        var seam = await Measure(pixelsDown, new SourceFace(new MouthParameters(0.01f, 0.6f, 0.6f), 0, 0, 1));

        Assert.Equal(pixelsDown / SyntheticPlan.Pose.Scale, seam.Middle, 0.015f);
    }

    [Fact]
    public async Task Measure_MouthAlwaysOpen_LeavesTheMeshAsItIs()
    {
        var seam = await Measure(5, new SourceFace(new MouthParameters(0.1f, 0.6f, 0.6f), 0, 0, 1));

        Assert.All(seam.Offsets, offset => Assert.Equal(0, offset));
    }

    [Fact]
    public void Apply_ToShapeAndPicture_MovesBothAlike()
    {
        var offsets = new float[LipSeam.Columns];
        offsets[LipSeam.Columns / 2] = 0.1f;
        var seam = new LipSeam(offsets);
        var shape = new Vector2[SyntheticPlan.Mesh.Length];
        var picture = new Vector2[SyntheticPlan.Mesh.Length];

        seam.Apply(shape);
        seam.Apply(SyntheticPlan.Pose, picture);

        Assert.Equal(new Vector2(0, 0.1f), shape[13]);
        Assert.Equal(shape[14], shape[13]);
        Assert.Equal(SyntheticPlan.Pose.Scale * shape[13].Y, picture[13].Y, 1e-3f);
        Assert.Equal(Vector2.Zero, shape[0]);
    }

    /// <summary>A grey face whose lips meet in a dark line so many pixels below the mesh's.</summary>
    private static async Task<LipSeam> Measure(int pixelsDown, SourceFace face)
    {
        using var folder = new TemporaryFolder();
        using var frame = new YuvFrame(Info.Width, Info.Height);
        frame.Bytes.Span.Fill(128);
        var row = pixelsDown + (int)MathF.Round((SyntheticPlan.Mesh[13].Y + SyntheticPlan.Mesh[14].Y) / 2);
        frame.Y.Slice((row - 1) * Info.Width, 3 * Info.Width).Fill(60);
        await using (var writer = FrameWriter.Open(folder.File("video.mp4"), Info.Width, Info.Height, Info.Fps))
        {
            for (var number = 0; number < Info.Frames; number++)
            {
                await writer.Write(frame, CancellationToken.None);
            }

            await writer.Finish(CancellationToken.None);
        }

        var faces = Enumerable.Repeat(face, Info.Frames).ToList();
        return await LipSeam.Measure(SyntheticPlan.Speaker, Read, faces, folder.File("video.mp4"), Info, CancellationToken.None);

        static bool Read(int frame, Span<Vector3> mesh)
        {
            SyntheticPlan.Mesh.CopyTo(mesh);
            return true;
        }
    }
}
