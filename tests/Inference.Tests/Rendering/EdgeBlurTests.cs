using LipSync.Media;
using LipSync.Rendering.Compositing;
using OpenCvSharp;

namespace LipSync.Rendering;

public class EdgeBlurTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1.4)]
    [InlineData(1.8)]
    public void Of_BlurredEdges_IsTheBlur(double sigma)
    {
        using var frame = Stripes(sigma);

        Assert.InRange(EdgeBlur.Of(frame, SyntheticPlan.Mesh), 0.8 * sigma, 1.2 * sigma);
    }

    [Fact]
    public void Of_SharpEdges_IsLessThanThatOfAnyLens()
    {
        using var frame = Stripes(sigma: 0);

        Assert.InRange(EdgeBlur.Of(frame, SyntheticPlan.Mesh), 0, 0.6);
    }

    [Fact]
    public void Of_FaceWithoutEdges_IsNone()
    {
        using var frame = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
        frame.Bytes.Span.Fill(128);

        Assert.Equal(0, EdgeBlur.Of(frame, SyntheticPlan.Mesh));
    }

    /// <summary>Dark and bright stripes, 8 pixels wide.</summary>
    private static YuvFrame Stripes(double sigma)
    {
        var frame = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
        frame.Bytes.Span.Fill(128);
        for (var i = 0; i < frame.Width * frame.Height; i++)
        {
            frame.Y[i] = (byte)(i % frame.Width / 8 % 2 == 0 ? 60 : 180);
        }

        if (sigma > 0)
        {
            using var picture = LipSync.Rendering.Warping.PlanarImage.Of(frame);
            Cv2.GaussianBlur(picture.Y, picture.Y, default, sigma);
        }

        return frame;
    }
}
