using System.Numerics;
using OpenCvSharp;

namespace LipSync.Rendering.Warping;

/// <summary>Grows around points; becomes an even rectangle within the picture.</summary>
internal struct RegionBounds()
{
    private Vector2 low = new(float.MaxValue);
    private Vector2 high = new(float.MinValue);

    public void Include(Vector2 point)
    {
        low = Vector2.Min(low, point);
        high = Vector2.Max(high, point);
    }

    public readonly bool LieIn(int width, int height) => low.X >= 0 && low.Y >= 0 && high.X <= width && high.Y <= height;

    /// <summary>Even on all sides, so that chroma samples belong wholly to it. At least two pixels each way.</summary>
    public readonly Rect Within(int width, int height)
    {
        var left = Even(Math.Clamp((int)MathF.Floor(low.X), 0, width - 2));
        var top = Even(Math.Clamp((int)MathF.Floor(low.Y), 0, height - 2));
        var right = Even(Math.Clamp((int)MathF.Ceiling(high.X) + 2, left + 2, width));
        var bottom = Even(Math.Clamp((int)MathF.Ceiling(high.Y) + 2, top + 2, height));
        return new Rect(left, top, right - left, bottom - top);
    }

    private static int Even(int value) => value & ~1;
}
