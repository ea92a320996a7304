using System.Numerics;
using LipSync.Media;

namespace LipSync.Faces;

public sealed class FaceBoxTests
{
    [Fact]
    public void Around_MeshWithDroppedJaw_IsTheSameBox()
    {
        var mesh = Mesh();
        var box = FaceBox.Around(mesh);
        foreach (var point in new[] { 152, 14, 17, 13, 61, 291 })
        {
            mesh[point].Y += 40;
        }

        Assert.Equal(box, FaceBox.Around(mesh));
    }

    [Fact]
    public void Around_TurnedMesh_TurnsAlike()
    {
        var upright = FaceBox.Around(Mesh());
        var mesh = Mesh();
        var turn = Matrix3x2.CreateRotation(0.4f, new(200, 200));
        for (var i = 0; i < mesh.Length; i++)
        {
            mesh[i] = new(Vector2.Transform(new(mesh[i].X, mesh[i].Y), turn), mesh[i].Z);
        }

        var turned = FaceBox.Around(mesh);

        Assert.Equal(upright.Angle + 0.4f, turned.Angle, 1e-4f);
        Assert.Equal(upright.Size, turned.Size, 1e-2f);
        Assert.True(Vector2.Distance(new(turned.X, turned.Y), Vector2.Transform(new(upright.X, upright.Y), turn)) < 0.01f);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 0)]
    [InlineData(5, 1 / 3f)]
    public void Overlap_ShiftedBox_IsIntersectionOverUnion(float shift, float expected) =>
        Assert.Equal(expected, new FaceBox(0, 0, 10, 0).Overlap(new(shift, 0, 10, 0)), 1e-5f);

    [Fact]
    public void Cut_RotatedBox_PutsThePixelsWhereTheBoxSays()
    {
        using var frame = Grey(64, 64);
        frame.Y[(20 * 64) + 40] = 235;
        using var crop = new FaceCrop(16);

        // A quarter turn about (32, 32): the box's right is the picture's down. (40, 20) lies at (-12, -8) in the box.
        var red = crop.Cut(frame, new(32, 32, 32, MathF.PI / 2))[..256].ToArray();

        var brightest = Array.IndexOf(red, red.Max());
        Assert.InRange(brightest % 16, 1, 2);
        Assert.InRange(brightest / 16, 3, 4);
    }

    [Fact]
    public void Cut_LargeBox_AveragesRatherThanSkipsPixels()
    {
        using var frame = Grey(128, 128);
        for (var i = 0; i < frame.Y.Length; i++)
        {
            frame.Y[i] = (byte)((i + (i / 128)) % 2 == 0 ? 235 : 16);
        }

        using var crop = new FaceCrop(16);
        var red = crop.Cut(frame, new(63.5f, 63.5f, 128, 0))[..256];

        Assert.All(red.ToArray(), value => Assert.Equal(0.5f, value, 0.02f));
    }

    [Fact]
    public void Cut_PureRed_IsRedAndOutsideIsBlack()
    {
        using var frame = Grey(32, 32);
        frame.Y.Fill(63);
        frame.U.Fill(102);
        frame.V.Fill(240);
        using var crop = new FaceCrop(8);

        var inside = crop.Cut(frame, new(15.5f, 15.5f, 8, 0)).ToArray();
        var outside = crop.Cut(frame, new(500, 500, 200, 0)).ToArray();

        Assert.Equal([1, 0, 0], new[] { inside[0], inside[64], inside[128] }, (expected, actual) => MathF.Abs(expected - actual) < 0.02f);
        Assert.All(outside, value => Assert.Equal(0, value, 1e-6f));
    }

    private static YuvFrame Grey(int width, int height)
    {
        var frame = new YuvFrame(width, height);
        frame.Y.Fill(16);
        frame.U.Fill(128);
        frame.V.Fill(128);
        return frame;
    }

    private static Vector3[] Mesh()
    {
        var mesh = new Vector3[FaceTracks.MeshPoints];
        mesh[33] = new(150, 180, 10);
        mesh[263] = new(250, 182, 12);
        mesh[9] = new(200, 170, -5);
        mesh[2] = new(199, 240, -30);
        return mesh;
    }
}
