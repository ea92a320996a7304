using System.Numerics;
using LipSync.Media;
using LipSync.Rendering.Compositing;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.InnerMouths;

/// <summary>What a picture tells about the light on a mouth that it doesn't show. Colours as red, green, blue, 0 … 255.</summary>
/// <param name="Skin">The skin about the mouth.</param>
/// <param name="Teeth">Teeth in full light: the whites of the eyes, a little warmer.</param>
/// <param name="Side">From where the light comes: -1 the picture's left, 1 its right.</param>
/// <param name="Grain">Standard deviation of the picture's noise.</param>
/// <param name="Blur">Standard deviation of the picture's blur, in pixels.</param>
internal readonly record struct MouthLight(Vector3 Skin, Vector3 Teeth, float Side, float Grain, float Blur)
{
    /// <summary>Teeth against skin as bright as they are in pictures of people who show them.</summary>
    private const float TeethToSkin = 0.86f;

    /// <summary>Whites of eyes outside this range of the skin's brightness are something else: shut lids, glasses, a flash.</summary>
    private const float DarkestWhite = 0.55f;
    private const float BrightestWhite = 1.7f;

    /// <summary>How much more of the light comes from one side than one cheek is brighter than the other.</summary>
    private const float SideGain = 3;

    /// <summary>Warmth of enamel against the eyes' whites.</summary>
    private static readonly Vector3 Enamel = new(1, 0.965f, 0.90f);

    public static MouthLight Of(YuvFrame frame, ReadOnlySpan<Vector3> mesh, float scale)
    {
        var left = SkinTone.Of(frame, mesh, scale, SkinTone.LeftCheek);
        var right = SkinTone.Of(frame, mesh, scale, SkinTone.RightCheek);
        var skin = SkinTone.Of(frame, mesh, scale, SkinTone.AboutMouth);
        var side = Math.Clamp(SideGain * (right.Y - left.Y) / MathF.Max(1, right.Y + left.Y - 32), -1, 1);
        return new MouthLight(skin.ToRgb(), TeethColour(frame, mesh, skin), side, SkinTone.Grain(frame, mesh, scale), EdgeBlur.Of(frame, mesh));
    }

    private static Vector3 TeethColour(YuvFrame frame, ReadOnlySpan<Vector3> mesh, YuvColour skin)
    {
        var grey = skin.ToRgb() is var rgb ? Vector3.Dot(rgb, new Vector3(0.2126f, 0.7152f, 0.0722f)) : 0;
        var neutral = new Vector3(grey);
        if (EyeWhites.Of(frame, mesh) is { } white && white.Y / skin.Y is > DarkestWhite and < BrightestWhite)
        {
            // Only their tint counts: how bright they look depends on the lids' shadow.
            var tint = white.ToRgb();
            neutral = tint * (grey / MathF.Max(1, Vector3.Dot(tint, new Vector3(0.2126f, 0.7152f, 0.0722f))));
        }

        return Vector3.Min(TeethToSkin * neutral * Enamel, new Vector3(235));
    }
}

/// <summary>The whites of both eyes.</summary>
internal static class EyeWhites
{
    /// <summary>The brightest share of an open eye's pixels that is left out as reflections, and the share below it that counts.</summary>
    private const float Reflections = 0.05f;
    private const float Whites = 0.25f;

    /// <summary>Their mean colour; null where the eyes are too small or shut.</summary>
    public static YuvColour? Of(YuvFrame frame, ReadOnlySpan<Vector3> mesh)
    {
        var pixels = new List<YuvColour>();
        Collect(frame, mesh, FaceLandmarks.LeftEyeUpper, FaceLandmarks.LeftEyeLower, pixels);
        Collect(frame, mesh, FaceLandmarks.RightEyeUpper, FaceLandmarks.RightEyeLower, pixels);
        var (first, count) = ((int)(Reflections * pixels.Count), (int)(Whites * pixels.Count));
        if (count < 8)
        {
            return null;
        }

        pixels.Sort((a, b) => b.Y.CompareTo(a.Y));
        var sum = Vector3.Zero;
        for (var i = first; i < first + count; i++)
        {
            sum += new Vector3(pixels[i].Y, pixels[i].U, pixels[i].V);
        }

        sum /= count;
        return new YuvColour(sum.X, sum.Y, sum.Z);
    }

    private static void Collect(YuvFrame frame, ReadOnlySpan<Vector3> mesh, ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, List<YuvColour> pixels)
    {
        for (var i = 1; i < upper.Length - 1; i++)
        {
            var (top, bottom) = (mesh[upper[i]], mesh[lower[i]]);
            var steps = (int)(bottom.Y - top.Y);
            for (var step = 1; step < steps; step++)
            {
                var place = Vector3.Lerp(top, bottom, step / (float)steps);
                var (x, y) = ((int)place.X, (int)place.Y);
                if (x >= 0 && y >= 0 && x < frame.Width && y < frame.Height)
                {
                    var chroma = y / 2 * (frame.Width / 2) + x / 2;
                    pixels.Add(new YuvColour(frame.Y[y * frame.Width + x], frame.U[chroma], frame.V[chroma]));
                }
            }
        }
    }
}
