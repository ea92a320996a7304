using System.Numerics;
using LipSync.Media;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering;

public class WarpMapTests
{
    private static readonly (int A, int B, int C)[] Square = [(0, 1, 2), (0, 2, 3)];

    private static readonly Rect Region = new(10, 10, 60, 60);

    [Fact]
    public void Fill_NothingMoves_DrawsThePictureItself()
    {
        var corners = Corners(20, 20, 40);
        using var frame = new YuvFrame(100, 90);
        TestVideo.Paint(frame, 1);
        using var copy = new YuvFrame(100, 90);
        frame.CopyTo(copy);

        Draw(frame, corners, corners);

        Assert.True(copy.Bytes.Span.SequenceEqual(frame.Bytes.Span));
    }

    [Fact]
    public void Fill_SquareMovedByWholePixels_MovesItsPixels()
    {
        using var frame = new YuvFrame(100, 90);
        TestVideo.Paint(frame, 1);
        using var copy = new YuvFrame(100, 90);
        frame.CopyTo(copy);

        Draw(frame, Corners(20, 20, 40), Corners(24, 26, 40));

        Assert.Equal(copy.Y[(30 + 6) * 100 + 30 + 4], frame.Y[30 * 100 + 30]);
        Assert.Equal(copy.U[(15 + 3) * 50 + 15 + 2], frame.U[15 * 50 + 15]);
        Assert.Equal(copy.Y[15 * 100 + 15], frame.Y[15 * 100 + 15]);
    }

    [Fact]
    public void Fill_NeighbouringTriangles_LeaveNoGap()
    {
        using var map = new WarpMap();
        var target = Corners(20.3f, 20.7f, 39.1f);
        var source = Corners(520.3f, 20.7f, 39.1f);

        map.Fill(Region, Square, target, source);

        for (var y = 21; y < 59; y++)
        {
            Assert.All(map.X.Row<float>(y - 10)[11..49].ToArray(), x => Assert.True(x > 500));
        }
    }

    private static Vector2[] Corners(float x, float y, float side) => [new(x, y), new(x + side, y), new(x + side, y + side), new(x, y + side)];

    private static void Draw(YuvFrame frame, Vector2[] target, Vector2[] source)
    {
        using var map = new WarpMap();
        using var canvas = new PlanarImage();
        using var picture = PlanarImage.Of(frame);
        map.Fill(Region, Square, target, source);
        canvas.Warp(picture, map);
        canvas.CopyTo(picture, Region);
    }
}
