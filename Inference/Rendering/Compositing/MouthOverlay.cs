using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Compositing;

/// <summary>
/// Lays an exemplar over the base, its colour drawn to the base's where they meet. The correction is a normalised convolution of
/// their difference at an eighth of the size, weighted to the mask's edge: it stands in for Poisson blending at a hundredth of the time.
/// </summary>
internal sealed class MouthOverlay(bool matchesColour) : IDisposable
{
    /// <summary>Spread of the colour correction, in eye distances.</summary>
    private const float Sigma = 0.14f;
    private const int LumaCell = 8;
    private const int ChromaCell = 4;

    private readonly Mat chromaAlpha = new();
    private readonly Mat differences = new();
    private readonly Mat weights = new();
    private readonly Mat correction = new();

    public Mat Alpha { get; } = new();

    /// <param name="target">The base; its upper left corner is <paramref name="origin"/>.</param>
    /// <param name="region">What the overlay covers.</param>
    /// <param name="overlay">The warped exemplar, of the region's size.</param>
    /// <param name="scale">Pixels per eye distance.</param>
    public void Blend(PlanarImage target, Point origin, Rect region, PlanarImage overlay, float scale)
    {
        var place = new Rect(region.X - origin.X, region.Y - origin.Y, region.Width, region.Height);
        var half = PlanarImage.Halve(place);
        Cv2.Resize(Alpha, chromaAlpha, half.Size, 0, 0, InterpolationFlags.Area);
        BlendPlane(target.Y, place, overlay.Y, Alpha, LumaCell, scale);
        BlendPlane(target.U, half, overlay.U, chromaAlpha, ChromaCell, scale);
        BlendPlane(target.V, half, overlay.V, chromaAlpha, ChromaCell, scale);
    }

    /// <summary>Mixes a second warped exemplar into the first.</summary>
    public static void Mix(PlanarImage first, PlanarImage second, float share)
    {
        Cv2.AddWeighted(first.Y, 1 - share, second.Y, share, 0, first.Y);
        Cv2.AddWeighted(first.U, 1 - share, second.U, share, 0, first.U);
        Cv2.AddWeighted(first.V, 1 - share, second.V, share, 0, first.V);
    }

    public void Dispose()
    {
        Alpha.Dispose();
        chromaAlpha.Dispose();
        differences.Dispose();
        weights.Dispose();
        correction.Dispose();
    }

    private void BlendPlane(Mat target, Rect place, Mat overlay, Mat alpha, int cell, float scale)
    {
        using var part = target.SubMat(place);
        if (matchesColour)
        {
            Correct(part, overlay, alpha, cell, scale);
        }
        else
        {
            correction.Create(part.Rows, part.Cols, MatType.CV_32FC1);
            correction.SetTo(Scalar.All(0));
        }

        for (var y = 0; y < place.Height; y++)
        {
            var below = part.Row<byte>(y);
            var above = overlay.Row<byte>(y);
            var share = alpha.Row<float>(y);
            var change = correction.Row<float>(y);
            for (var x = 0; x < below.Length; x++)
            {
                if (share[x] > 0)
                {
                    var value = below[x] + share[x] * (above[x] + change[x] - below[x]);
                    below[x] = (byte)Math.Clamp(value + 0.5f, 0, 255);
                }
            }
        }
    }

    /// <summary>Fills <see cref="correction"/> with what has to be added to the overlay.</summary>
    private void Correct(Mat below, Mat overlay, Mat alpha, int cell, float scale)
    {
        var height = below.Rows;
        var (columns, rows) = ((below.Cols + cell - 1) / cell, (height + cell - 1) / cell);
        differences.Create(rows, columns, MatType.CV_32FC1);
        weights.Create(rows, columns, MatType.CV_32FC1);
        differences.SetTo(Scalar.All(0));
        weights.SetTo(Scalar.All(0));
        for (var y = 0; y < height; y++)
        {
            var low = below.Row<byte>(y);
            var high = overlay.Row<byte>(y);
            var share = alpha.Row<float>(y);
            var difference = differences.Row<float>(y / cell);
            var weight = weights.Row<float>(y / cell);
            for (var x = 0; x < low.Length; x++)
            {
                var edge = 4 * share[x] * (1 - share[x]);
                difference[x / cell] += edge * (low[x] - high[x]);
                weight[x / cell] += edge;
            }
        }

        var sigma = Math.Max(0.5, Sigma * scale / LumaCell);
        Cv2.GaussianBlur(differences, differences, default, sigma, sigma, BorderTypes.Constant);
        Cv2.GaussianBlur(weights, weights, default, sigma, sigma, BorderTypes.Constant);
        for (var y = 0; y < rows; y++)
        {
            var difference = differences.Row<float>(y);
            var weight = weights.Row<float>(y);
            for (var x = 0; x < columns; x++)
            {
                difference[x] /= weight[x] + 1e-3f;
            }
        }

        Cv2.Resize(differences, correction, new Size(columns * cell, rows * cell), 0, 0, InterpolationFlags.Linear);
    }
}
