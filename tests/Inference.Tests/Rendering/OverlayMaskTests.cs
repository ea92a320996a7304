using System.Numerics;
using LipSync.Rendering.Compositing;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering;

public class OverlayMaskTests
{
    [Theory]
    [InlineData(0.75f)]
    [InlineData(-0.75f)]
    public void Fill_TurnedHead_EndsWithinTheFarCheek(float yaw)
    {
        var (pose, vertices) = Turned(yaw);
        var mouth = (vertices[0] + vertices[17]) / 2;
        var (left, right) = Cheeks(vertices, mouth.Y);

        var covered = CoveredColumns(pose, vertices, (int)mouth.Y);

        Assert.InRange(covered[0], left, mouth.X);
        Assert.InRange(covered[^1], mouth.X, right);
    }

    [Fact]
    public void Fill_HeadFromTheFront_CoversBothSidesAlike()
    {
        var (pose, vertices) = Turned(0);
        var mouth = (vertices[0] + vertices[17]) / 2;

        var covered = CoveredColumns(pose, vertices, (int)mouth.Y);

        Assert.InRange(mouth.X - covered[0], 0.45f * pose.Scale, 0.55f * pose.Scale);
        Assert.Equal(mouth.X - covered[0], covered[^1] - mouth.X, 2f);
    }

    private static (HeadPose Pose, Vector2[] Vertices) Turned(float yaw)
    {
        var pose = SyntheticFace.Pose(140, 180, 140, yaw);
        var vertices = new Vector2[WarpMesh.VertexCount];
        new WarpMesh(SyntheticPlan.Speaker).Place(pose, SyntheticFace.InPicture(SyntheticFace.Canonical(), pose), vertices);
        return (pose, vertices);
    }

    /// <summary>The columns of a row that the mask covers at all.</summary>
    private static List<int> CoveredColumns(HeadPose pose, Vector2[] vertices, int row)
    {
        var mask = new OverlayMask(pose, Array.ConvertAll(SyntheticFace.Canonical(), point => point.AsVector2()), vertices);
        var region = mask.Region(new Rect(0, 0, SyntheticPlan.Width, SyntheticPlan.Height));
        using var alpha = new Mat();
        mask.Fill(region, 1, alpha);
        return [.. Enumerable.Range(0, region.Width).Where(column => alpha.Row<float>(row - region.Y)[column] > 0).Select(column => column + region.X)];
    }

    /// <summary>Where the face ends to the left and to the right.</summary>
    private static (float Left, float Right) Cheeks(Vector2[] vertices, float y)
    {
        var oval = FaceLandmarks.LowerOval.ToArray();
        var crossings = oval.Zip(oval.Skip(1)).Where(edge => vertices[edge.First].Y <= y != vertices[edge.Second].Y <= y)
            .Select(edge => float.Lerp(vertices[edge.First].X, vertices[edge.Second].X, (y - vertices[edge.First].Y) / (vertices[edge.Second].Y - vertices[edge.First].Y))).ToList();
        return (crossings.Min(), crossings.Max());
    }
}
