using System.Numerics;
using LipSync.Basics;
using LipSync.Media;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Compositing;

/// <summary>
/// How softly a picture shows sharp edges: what is painted into it must be no sharper. An edge that is blurred again loses the less of
/// its steepness the more it was blurred before (S. Zhuo and T. Sim, Defocus map estimation from a single image, 2011).
/// </summary>
internal static class EdgeBlur
{
    /// <summary>Standard deviations of the gradient's own smoothing, and of the blur that is added.</summary>
    private const double Smoothing = 0.7;
    private const double Again = 1;

    /// <summary>The share of a face's pixels that count as edges.</summary>
    private const float Edges = 0.07f;

    /// <summary>The standard deviation of the blur, in pixels: the median over the edges about eyes, nose and mouth; 0 where the face has none.</summary>
    public static float Of(YuvFrame frame, ReadOnlySpan<Vector3> mesh)
    {
        var bounds = new RegionBounds();
        foreach (var point in (ReadOnlySpan<int>)[FaceLandmarks.LeftEye, FaceLandmarks.RightEye, .. FaceLandmarks.Brows, .. FaceLandmarks.OuterOutline])
        {
            bounds.Include(mesh[point].AsVector2());
        }

        var region = bounds.Within(frame.Width, frame.Height);
        if (region.Width < 8 || region.Height < 8)
        {
            return 0;
        }

        using var picture = PlanarImage.Of(frame);
        using var face = picture.Y.SubMat(region);
        using var sharp = Steepness(face, Smoothing);
        using var blurred = Steepness(face, Math.Sqrt(Smoothing * Smoothing + Again * Again));
        var steep = sharp.AsSpan<float>();
        var left = blurred.AsSpan<float>();
        var least = Quantile.At<float>([.. steep.ToArray().Order()], 1 - Edges);
        var squares = new List<float>();
        for (var y = 1; y < region.Height - 1; y++)
        {
            for (var x = 1; x < region.Width - 1; x++)
            {
                var i = y * region.Width + x;
                var isCrest = (steep[i] >= steep[i - 1] && steep[i] >= steep[i + 1]) || (steep[i] >= steep[i - region.Width] && steep[i] >= steep[i + region.Width]);
                if (steep[i] > least && isCrest && steep[i] / left[i] is > 1.001f and var loss)
                {
                    squares.Add((float)(Again * Again / (loss * loss - 1) - Smoothing * Smoothing));
                }
            }
        }

        return squares.Count == 0 ? 0 : MathF.Sqrt(MathF.Max(0, Quantile.UpperMedian(squares)));
    }

    /// <summary>The length of the smoothed picture's gradient.</summary>
    private static Mat Steepness(Mat luma, double sigma)
    {
        using var smooth = new Mat();
        using var across = new Mat();
        using var down = new Mat();
        luma.ConvertTo(smooth, MatType.CV_32FC1);
        Cv2.GaussianBlur(smooth, smooth, default, sigma);
        Cv2.Sobel(smooth, across, MatType.CV_32F, 1, 0, ksize: 1);
        Cv2.Sobel(smooth, down, MatType.CV_32F, 0, 1, ksize: 1);
        var steepness = new Mat();
        Cv2.Magnitude(across, down, steepness);
        return steepness;
    }
}
