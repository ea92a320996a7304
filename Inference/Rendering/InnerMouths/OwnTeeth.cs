using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Compositing;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.InnerMouths;

/// <summary>
/// The inside that the source's own parted lips show: it stays where it is in the picture, fixed to the skull. Where the upper lip
/// bares more than the source does, what lies under its edge goes on upwards; where the lower one does, teeth go on downwards a little.
/// </summary>
internal readonly struct OwnTeeth
{
    /// <summary>From these openings on a source mouth shows its inside.</summary>
    private const float BeginsToShow = 0.04f;
    private const float Shows = 0.06f;

    /// <summary>So near to the lips the picture mixes them with the teeth; eye distances.</summary>
    private const float Mixed = 0.016f;
    private const float Soft = 0.012f;

    /// <summary>How far teeth go on behind the source's lower lip.</summary>
    private const float Carried = 0.022f;

    private readonly LipRow upper;
    private readonly LipRow lower;
    private readonly float shown;

    /// <param name="shape">The frame's own canonical points.</param>
    /// <param name="opening">The frame's own opening.</param>
    public OwnTeeth(ReadOnlySpan<Vector2> shape, float opening)
    {
        upper = new LipRow(shape, FaceLandmarks.InnerUpper);
        lower = new LipRow(shape, FaceLandmarks.InnerLower);
        shown = Hermite.SmoothStep(BeginsToShow, Shows, opening);
    }

    /// <summary>0 … 1: how much of its inside the source shows.</summary>
    public float Shown => shown;

    /// <summary>The canonical height at which the upper front teeth end.</summary>
    public float Edge => EdgeAt((lower.Left + lower.Right) / 2);

    /// <summary>The canonical height at which teeth end at a place across the mouth.</summary>
    public float EdgeAt(float x) => lower.At(x) - Mixed / 2 + Carried;

    /// <summary>How much of the target's inside covers the frame: lips that hardly part beyond their own gap, and the corners, keep their own seam.</summary>
    public float CoverAt(float x, float gap) => MathF.Max(shown, Hermite.SmoothStep(0.001f, 0.009f, gap - (lower.At(x) - upper.At(x))));

    /// <summary>How far the source shows what lies at a canonical point, or can be carried on to it.</summary>
    /// <param name="gap">The target's at this place: in a narrow one the inside is lost in the dark.</param>
    public float PresenceAt(Vector2 point, float gap)
    {
        if (shown <= 0)
        {
            return 0;
        }

        var bottom = EdgeAt(point.X);
        var aside = MathF.Min(point.X - lower.Left, lower.Right - point.X);
        return shown * Hermite.SmoothStep(0.008f, 0.035f, gap) * (1 - Hermite.SmoothStep(bottom - Soft, bottom, point.Y)) * Hermite.SmoothStep(0, 2 * Soft, aside);
    }

    /// <summary>Where the source shows it: canonical.</summary>
    public Vector2 SourceOf(Vector2 point)
    {
        var (top, bottom) = (upper.At(point.X), lower.At(point.X));
        var middle = (top + bottom) / 2;
        return point with { Y = Math.Clamp(point.Y, MathF.Min(top + Mixed, middle), MathF.Max(bottom - Mixed, middle)) };
    }

    /// <summary>The picture's colour at a place between its pixels.</summary>
    public static Vector3 ColourAt(PlanarImage picture, Vector2 place) =>
        new YuvColour(Sample(picture.Y, place), Sample(picture.U, (place - new Vector2(0.5f)) / 2), Sample(picture.V, (place - new Vector2(0.5f)) / 2)).ToRgb();

    private static float Sample(Mat plane, Vector2 place)
    {
        var (x, y) = (Math.Clamp(place.X, 0, plane.Cols - 1.001f), Math.Clamp(place.Y, 0, plane.Rows - 1.001f));
        var (left, top) = ((int)x, (int)y);
        var first = plane.Row<byte>(top).Slice(left, 2);
        var second = plane.Row<byte>(top + 1).Slice(left, 2);
        return float.Lerp(float.Lerp(first[0], first[1], x - left), float.Lerp(second[0], second[1], x - left), y - top);
    }
}
