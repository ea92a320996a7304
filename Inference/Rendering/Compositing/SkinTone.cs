using System.Numerics;
using LipSync.Media;

namespace LipSync.Rendering.Compositing;

/// <summary>One colour as BT.709 limited-range Y, U, V, 0 … 255.</summary>
internal readonly record struct YuvColour(float Y, float U, float V)
{
    /// <summary>Multiplies red, green and blue.</summary>
    public YuvColour Tint(float red, float green, float blue)
    {
        var (luma, u, v) = ((Y - 16) * 255 / 219, (U - 128) * 255 / 224, (V - 128) * 255 / 224);
        var r = Math.Clamp(luma + 1.5748f * v, 0, 255) * red;
        var g = Math.Clamp(luma - 0.1873f * u - 0.4681f * v, 0, 255) * green;
        var b = Math.Clamp(luma + 1.8556f * u, 0, 255) * blue;
        var y = 0.2126f * r + 0.7152f * g + 0.0722f * b;
        return new YuvColour(16 + y * 219 / 255, 128 + (b - y) / 1.8556f * 224 / 255, 128 + (r - y) / 1.5748f * 224 / 255);
    }

    public static YuvColour Lerp(YuvColour a, YuvColour b, float amount) =>
        new(float.Lerp(a.Y, b.Y, amount), float.Lerp(a.U, b.U, amount), float.Lerp(a.V, b.V, amount));

    /// <summary>A grey of this colour's brightness, tinted.</summary>
    public YuvColour Grey(float red, float green, float blue) => new YuvColour(Y, 128, 128).Tint(red, green, blue);
}

/// <summary>The colour of a face's skin beside the mouth and on the cheeks.</summary>
internal static class SkinTone
{
    /// <summary>Mesh points on plain skin.</summary>
    private static readonly int[] Places = [50, 280, 205, 425, 207, 427, 199];

    public static YuvColour Of(YuvFrame frame, ReadOnlySpan<Vector3> mesh, float scale)
    {
        var reach = Math.Max(1, (int)(0.03f * scale));
        var (y, u, v, count) = (0L, 0L, 0L, 0L);
        foreach (var place in Places)
        {
            var (centreX, centreY) = ((int)mesh[place].X, (int)mesh[place].Y);
            for (var row = Math.Max(0, centreY - reach); row <= Math.Min(frame.Height - 1, centreY + reach); row++)
            {
                for (var column = Math.Max(0, centreX - reach); column <= Math.Min(frame.Width - 1, centreX + reach); column++)
                {
                    var chroma = row / 2 * (frame.Width / 2) + column / 2;
                    y += frame.Y[row * frame.Width + column];
                    u += frame.U[chroma];
                    v += frame.V[chroma];
                    count++;
                }
            }
        }

        return count == 0 ? new YuvColour(128, 128, 128) : new YuvColour((float)y / count, (float)u / count, (float)v / count);
    }
}
