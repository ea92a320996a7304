using System.Numerics;
using OpenCvSharp;

namespace LipSync.Rendering.Warping;

/// <summary>
/// For every pixel of a region the place in the source it comes from: two float planes, at the resolution of luma and of chroma.
/// Piecewise affine, one piece a triangle. The planes are kept from frame to frame.
/// </summary>
internal sealed class WarpMap : IDisposable
{
    /// <summary>Pixels a triangle reaches over its edge, so that neighbours leave no gap.</summary>
    private const float Overlap = 1e-3f;

    public Mat X { get; } = new();

    public Mat Y { get; } = new();

    public Mat ChromaX { get; } = new();

    public Mat ChromaY { get; } = new();

    /// <param name="region">Even on all sides.</param>
    /// <param name="target">Vertices in the picture that is made.</param>
    /// <param name="source">Vertices in the picture that is read.</param>
    public void Fill(Rect region, IReadOnlyList<(int A, int B, int C)> triangles, ReadOnlySpan<Vector2> target, ReadOnlySpan<Vector2> source)
    {
        Begin(region);
        var allX = X.AsSpan<float>();
        var allY = Y.AsSpan<float>();
        for (var y = 0; y < region.Height; y++)
        {
            var xs = allX.Slice(y * region.Width, region.Width);
            for (var x = 0; x < xs.Length; x++)
            {
                xs[x] = region.X + x;
            }

            allY.Slice(y * region.Width, region.Width).Fill(region.Y + y);
        }

        foreach (var (a, b, c) in triangles)
        {
            FillTriangle(region, allX, allY, target[a], target[b], target[c], source[a], source[b], source[c]);
        }

        Finish(region);
    }

    /// <summary>Gives the planes of luma a region's size; they are then to be filled row by row.</summary>
    public void Begin(Rect region)
    {
        X.Create(region.Height, region.Width, MatType.CV_32FC1);
        Y.Create(region.Height, region.Width, MatType.CV_32FC1);
    }

    /// <summary>Makes the planes of chroma from those of luma.</summary>
    public void Finish(Rect region)
    {
        FillChroma(region, X.AsSpan<float>(), ChromaX);
        FillChroma(region, Y.AsSpan<float>(), ChromaY);
    }

    public void Dispose()
    {
        X.Dispose();
        Y.Dispose();
        ChromaX.Dispose();
        ChromaY.Dispose();
    }

    private static void FillTriangle(
        Rect region, Span<float> allX, Span<float> allY, Vector2 a, Vector2 b, Vector2 c, Vector2 sourceA, Vector2 sourceB, Vector2 sourceC)
    {
        var (ab, ac) = (b - a, c - a);
        var area = ab.X * ac.Y - ab.Y * ac.X;
        if (MathF.Abs(area) < 1e-4f)
        {
            return;
        }

        var perX = (ac.Y * (sourceB - sourceA) - ab.Y * (sourceC - sourceA)) / area;
        var perY = (ab.X * (sourceC - sourceA) - ac.X * (sourceB - sourceA)) / area;
        var top = Math.Max(region.Top, (int)MathF.Ceiling(MathF.Min(a.Y, MathF.Min(b.Y, c.Y)) - Overlap));
        var bottom = Math.Min(region.Bottom - 1, (int)MathF.Floor(MathF.Max(a.Y, MathF.Max(b.Y, c.Y)) + Overlap));
        for (var y = top; y <= bottom; y++)
        {
            var (low, high) = (float.MaxValue, float.MinValue);
            Cross(a, b, y, ref low, ref high);
            Cross(b, c, y, ref low, ref high);
            Cross(c, a, y, ref low, ref high);
            var left = Math.Max(region.Left, (int)MathF.Ceiling(low - Overlap));
            var right = Math.Min(region.Right - 1, (int)MathF.Floor(high + Overlap));
            if (left > right)
            {
                continue;
            }

            var position = sourceA + (left - a.X) * perX + (y - a.Y) * perY;
            var start = (y - region.Y) * region.Width + left - region.X;
            var xs = allX.Slice(start, right - left + 1);
            var ys = allY.Slice(start, right - left + 1);
            for (var x = 0; x < xs.Length; x++)
            {
                xs[x] = position.X;
                ys[x] = position.Y;
                position += perX;
            }
        }
    }

    private static void Cross(Vector2 from, Vector2 to, float y, ref float low, ref float high)
    {
        if (y < MathF.Min(from.Y, to.Y) - Overlap || y > MathF.Max(from.Y, to.Y) + Overlap)
        {
            return;
        }

        var height = to.Y - from.Y;
        if (MathF.Abs(height) < 1e-6f)
        {
            low = MathF.Min(low, MathF.Min(from.X, to.X));
            high = MathF.Max(high, MathF.Max(from.X, to.X));
            return;
        }

        var x = from.X + (to.X - from.X) * Math.Clamp((y - from.Y) / height, 0, 1);
        low = MathF.Min(low, x);
        high = MathF.Max(high, x);
    }

    /// <summary>A chroma sample lies in the middle of four luma samples.</summary>
    private static void FillChroma(Rect region, ReadOnlySpan<float> luma, Mat chroma)
    {
        var (width, height) = (region.Width / 2, region.Height / 2);
        chroma.Create(height, width, MatType.CV_32FC1);
        var all = chroma.AsSpan<float>();
        for (var y = 0; y < height; y++)
        {
            var upper = luma.Slice(2 * y * region.Width, region.Width);
            var lower = luma.Slice((2 * y + 1) * region.Width, region.Width);
            var row = all.Slice(y * width, width);
            for (var x = 0; x < row.Length; x++)
            {
                var mean = (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]) / 4;
                row[x] = (mean - 0.5f) / 2;
            }
        }
    }
}
