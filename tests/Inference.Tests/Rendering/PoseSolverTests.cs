using System.Numerics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering;

public class PoseSolverTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.4, 0)]
    [InlineData(-0.3, 0.5)]
    public void Solve_TurnedAndScaledFace_FindsItsPose(float yaw, float roll)
    {
        var model = SyntheticFace.Canonical();
        var pose = SyntheticFace.Pose(150, 300, 200, yaw, roll);

        var found = PoseSolver.Solve(model, SyntheticFace.InPicture(model, pose), FaceLandmarks.Stable);

        Assert.Equal(150, found.Scale, 0.01);
        Assert.Equal(pose.Yaw, found.Yaw, 1e-3);
        Assert.All(model, point => Assert.True(Vector3.Distance(pose.ToPicture(point), found.ToPicture(point)) < 0.01));
    }

    [Fact]
    public void ToCanonical_PointInPicture_ComesBack()
    {
        var pose = SyntheticFace.Pose(120, 40, 60, 0.2f, 0.1f);
        var point = new Vector3(0.1f, 0.7f, 0.2f);

        Assert.True(Vector3.Distance(point, pose.ToCanonical(pose.ToPicture(point))) < 1e-4f);
    }
}
