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

    /// <summary>Variance of the box of two pixels that a central difference looks through.</summary>
    private const double Difference = 1 / 3.0;

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
        using var sharp = new Gradient(face, Smoothing);
        using var blurred = new Gradient(face, Math.Sqrt(Smoothing * Smoothing + Again * Again));
        var least = Quantile.At<float>([.. sharp.Steepness.AsSpan<float>().ToArray().Order()], 1 - Edges);
        var squares = new List<float>();
        for (var y = 1; y < region.Height - 1; y++)
        {
            for (var x = 1; x < region.Width - 1; x++)
            {
                if (sharp.IsCrest(x, y) && sharp.At(x, y) is var steep && steep > 0 && steep >= least && steep / blurred.At(x, y) is > 1.001f and var loss)
                {
                    squares.Add((float)(Again * Again / (loss * loss - 1) - Smoothing * Smoothing - Difference));
                }
            }
        }

        return squares.Count == 0 ? 0 : MathF.Sqrt(MathF.Max(0, Quantile.UpperMedian(squares)));
    }

    /// <summary>The gradient of a picture smoothed by a Gaussian.</summary>
    private sealed class Gradient : IDisposable
    {
        private readonly Mat across = new();
        private readonly Mat down = new();

        public Gradient(Mat luma, double sigma)
        {
            using var smooth = new Mat();
            luma.ConvertTo(smooth, MatType.CV_32FC1);
            Cv2.GaussianBlur(smooth, smooth, default, sigma);
            Cv2.Sobel(smooth, across, MatType.CV_32F, 1, 0, ksize: 1);
            Cv2.Sobel(smooth, down, MatType.CV_32F, 0, 1, ksize: 1);
            Cv2.Magnitude(across, down, Steepness);
        }

        /// <summary>Its length.</summary>
        public Mat Steepness { get; } = new();

        public float At(int x, int y) => Steepness.Row<float>(y)[x];

        /// <summary>No neighbour up or down the slope is steeper.</summary>
        public bool IsCrest(int x, int y)
        {
            var (aside, below) = MathF.Abs(across.Row<float>(y)[x]) > MathF.Abs(down.Row<float>(y)[x]) ? (1, 0) : (0, 1);
            return At(x, y) >= At(x - aside, y - below) && At(x, y) >= At(x + aside, y + below);
        }

        public void Dispose()
        {
            across.Dispose();
            down.Dispose();
            Steepness.Dispose();
        }
    }
}
