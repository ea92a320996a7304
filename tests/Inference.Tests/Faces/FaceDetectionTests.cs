using System.Numerics;
using LipSync.Faces.Detection;

namespace LipSync.Faces;

public sealed class FaceDetectionTests
{
    [Fact]
    public void Centres_OfTheShortRangeModel_FollowThePublishedRule()
    {
        Assert.Equal(SsdAnchors.Count, SsdAnchors.Centres.Length);
        Assert.Equal(new Vector2(1 / 32f), SsdAnchors.Centres[0]);
        Assert.Equal(new Vector2(3 / 32f, 1 / 32f), SsdAnchors.Centres[2]);
        Assert.Equal(new Vector2(1 / 16f), SsdAnchors.Centres[512]);
        Assert.Equal(new Vector2(15 / 16f), SsdAnchors.Centres[895]);
    }

    [Fact]
    public void Suppress_TwoViewsOfOneFace_MeltIntoTheirWeightedMean()
    {
        var kept = FaceDetection.Suppress([Face(100, 0.5f), Face(112, 1), Face(400, 0.7f)], overlap: 0.3f);

        Assert.Equal([1, 0.7f], kept.Select(face => face.Score));
        Assert.Equal(108, kept[0].Left, 1e-3f);
        Assert.Equal(50, kept[0].Width, 1e-3f);
        Assert.Equal(118, kept[0].RightEye.X, 1e-3f);
        Assert.Equal(400, kept[1].Left, 1e-3f);
    }

    private static FaceDetection Face(float left, float score) => new(left, 10, 50, 50, new(left + 10, 30), new(left + 40, 30), score);
}
