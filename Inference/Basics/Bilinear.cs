using System.Numerics;

namespace LipSync.Basics;

/// <summary>Values between the pixels of a plane.</summary>
internal static class Bilinear
{
    /// <param name="plane">Row after row.</param>
    /// <param name="place">In pixels, their middles at whole numbers; clamped to the plane.</param>
    public static float At(ReadOnlySpan<byte> plane, int width, int height, Vector2 place)
    {
        var (x, y) = (Math.Clamp(place.X, 0, width - 1.001f), Math.Clamp(place.Y, 0, height - 1.001f));
        var (left, top) = ((int)x, (int)y);
        var upper = plane[((top * width) + left)..];
        return float.Lerp(float.Lerp(upper[0], upper[1], x - left), float.Lerp(upper[width], upper[width + 1], x - left), y - top);
    }
}
