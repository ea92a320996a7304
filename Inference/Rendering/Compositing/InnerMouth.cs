using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Compositing;

/// <summary>
/// Paints what lies between parted lips where the source doesn't show it: a dark cavity, the upper teeth, which are fixed to the
/// skull, the lip's shadow on them, the tongue. Too dark beats too bright: bright teeth in a small gap look like a denture.
/// All lengths in eye distances.
/// </summary>
internal readonly struct InnerMouth
{
    private const float TeethEdge = 0.034f;
    private const float MostTeeth = 0.55f;
    private const float Soft = 0.0075f;

    private readonly YuvColour cavity;
    private readonly YuvColour teeth;
    private readonly YuvColour tongue;
    private readonly float teethShare;
    private readonly float tongueShare;
    private readonly float restLine;
    private readonly Vector2[] upper;
    private readonly Vector2[] lower;

    /// <param name="shape">The target's canonical points.</param>
    /// <param name="restLine">Canonical height of the closed lips' seam.</param>
    public InnerMouth(YuvColour skin, ReadOnlySpan<Vector2> shape, float restLine)
    {
        cavity = skin.Tint(0.20f, 0.12f, 0.13f);
        teeth = skin.Grey(0.77f, 0.71f, 0.69f);
        tongue = skin.Tint(0.50f, 0.28f, 0.30f);
        var opening = MouthParameters.OpeningOf(shape);
        teethShare = Hermite.SmoothStep(0.035f, 0.105f, opening);
        tongueShare = Hermite.SmoothStep(0.07f, 0.16f, opening);
        this.restLine = restLine;
        upper = Row(shape, FaceLandmarks.InnerUpper);
        lower = Row(shape, FaceLandmarks.InnerLower);
    }

    /// <summary>How much of the paint shows at a canonical point: lips that hardly part, and the corners, keep their own seam.</summary>
    public float CoverAt(float x) => Hermite.SmoothStep(0.010f, 0.030f, HeightAt(lower, x) - HeightAt(upper, x));

    /// <summary>The colour at a canonical point between the lips.</summary>
    public YuvColour At(Vector2 point)
    {
        var (top, bottom) = (HeightAt(upper, point.X), HeightAt(lower, point.X));
        var gap = MathF.Max(1e-4f, bottom - top);
        var (left, right) = (upper[0].X, upper[^1].X);
        var across = Math.Clamp((2 * point.X - left - right) / (right - left), -1, 1);

        var tongueTop = bottom - 0.42f * gap * (1 - across * across);
        var colour = YuvColour.Lerp(cavity, tongue, 0.8f * tongueShare * Hermite.SmoothStep(tongueTop - 3 * Soft, tongueTop + 3 * Soft, point.Y));

        var edge = MathF.Min(restLine + TeethEdge, top + MostTeeth * gap) - 0.012f * across * across;
        var arch = 1 - Hermite.SmoothStep(0.3f, 0.9f, MathF.Abs(across));
        var visible = teethShare * arch * (1 - Hermite.SmoothStep(edge - Soft, edge + Soft, point.Y));
        var shadow = float.Lerp(0.5f, 1, Hermite.SmoothStep(0, 0.025f, point.Y - top)) * (1 - 0.5f * across * across);
        return YuvColour.Lerp(colour, YuvColour.Lerp(cavity, teeth, shadow), 0.9f * visible);
    }

    private static Vector2[] Row(ReadOnlySpan<Vector2> shape, ReadOnlySpan<int> points)
    {
        var row = new Vector2[points.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = shape[points[i]];
        }

        return row;
    }

    private static float HeightAt(Vector2[] row, float x)
    {
        var i = 1;
        while (i < row.Length - 1 && row[i].X < x)
        {
            i++;
        }

        var (from, to) = (row[i - 1], row[i]);
        var share = Math.Clamp((x - from.X) / MathF.Max(1e-5f, to.X - from.X), 0, 1);
        return float.Lerp(from.Y, to.Y, share);
    }
}
