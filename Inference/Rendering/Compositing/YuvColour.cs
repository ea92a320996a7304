using System.Numerics;

namespace LipSync.Rendering.Compositing;

/// <summary>One colour as BT.709 limited-range Y, U, V, 0 … 255.</summary>
internal readonly record struct YuvColour(float Y, float U, float V)
{
    /// <summary>Red, green and blue, 0 … 255.</summary>
    public Vector3 ToRgb()
    {
        var (luma, u, v) = ((Y - 16) * 255 / 219, (U - 128) * 255 / 224, (V - 128) * 255 / 224);
        return Vector3.Clamp(new Vector3(luma + 1.5748f * v, luma - 0.1873f * u - 0.4681f * v, luma + 1.8556f * u), Vector3.Zero, new Vector3(255));
    }

    public static YuvColour FromRgb(Vector3 rgb)
    {
        var y = Vector3.Dot(rgb, new Vector3(0.2126f, 0.7152f, 0.0722f));
        return new YuvColour(16 + y * 219 / 255, 128 + (rgb.Z - y) / 1.8556f * 224 / 255, 128 + (rgb.X - y) / 1.5748f * 224 / 255);
    }
}
