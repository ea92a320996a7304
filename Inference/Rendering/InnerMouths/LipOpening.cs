using System.Numerics;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.InnerMouths;

/// <summary>The space between the inner lips as a soft mask: 1 inside, 0 on the lips.</summary>
internal static class LipOpening
{
    /// <summary>Softness of the edge in eye distances.</summary>
    private const float Edge = 0.0075f;
    private const int SubPixelBits = 6;

    /// <param name="vertices">Mesh points in pixels.</param>
    /// <param name="blur">Standard deviation of the picture's blur: the edge is no sharper.</param>
    public static void Fill(Rect region, ReadOnlySpan<Vector2> vertices, float scale, float blur, Mat mask)
    {
        var outline = new Point[FaceLandmarks.InnerOutline.Length];
        for (var i = 0; i < outline.Length; i++)
        {
            outline[i] = Fixed(vertices[FaceLandmarks.InnerOutline[i]], region);
        }

        mask.Create(region.Height, region.Width, MatType.CV_32FC1);
        mask.SetTo(Scalar.All(0));
        Cv2.FillPoly(mask, [outline], Scalar.All(1), LineTypes.Link8, SubPixelBits);
        var sigma = MathF.Max(MathF.Max(0.4f, blur), Edge * scale);
        Cv2.GaussianBlur(mask, mask, default, sigma);
    }

    /// <summary>The region about the opening, with room for its soft edge.</summary>
    public static Rect Region(ReadOnlySpan<Vector2> vertices, float scale, Rect within)
    {
        var bounds = new RegionBounds();
        var margin = new Vector2(4 * MathF.Max(1, Edge * scale));
        foreach (var point in FaceLandmarks.InnerOutline)
        {
            bounds.Include(vertices[point] - margin);
            bounds.Include(vertices[point] + margin);
        }

        return bounds.Within(within.Right, within.Bottom).Intersect(within);
    }

    private static Point Fixed(Vector2 vertex, Rect region) => new(
        (int)MathF.Round((vertex.X - region.X) * (1 << SubPixelBits)), (int)MathF.Round((vertex.Y - region.Y) * (1 << SubPixelBits)));
}
