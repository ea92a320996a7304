using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.InnerMouths;

/// <summary>How a mouth stands that is to be painted.</summary>
/// <param name="TeethEdge">Canonical height at which the upper front teeth end. They are fixed to the skull.</param>
/// <param name="Tongue">0 lies, 1 its tip stands behind the upper teeth.</param>
/// <param name="Tuck">0 … 1: the lower lip touches the upper teeth.</param>
/// <param name="FullLight">The opening from which light falls in fully.</param>
internal readonly record struct InnerPose(float TeethEdge, float Tongue, float Tuck, float FullLight = InnerPose.Painted)
{
    /// <summary>Where the source shows nothing of the inside.</summary>
    public const float Painted = 0.10f;
}

/// <summary>
/// Paints what lies between parted lips where the source doesn't show it: a dark cavity, the tongue, two rows of teeth on their
/// arches, lit from the side the face is lit from and shaded by the lips. Too dark beats too bright: bright teeth in a small gap look
/// like a denture. All lengths in eye distances, all colours red, green, blue.
/// </summary>
internal readonly struct InnerMouth
{
    /// <summary>How far the upper front teeth reach below the seam of the closed lips.</summary>
    public const float TeethBelowSeam = 0.034f;

    private const float Soft = 0.006f;

    /// <summary>How fast light fades into the mouth.</summary>
    private const float DepthOfLight = 0.13f;
    private const float FrontDepth = 0.05f;

    /// <summary>The lower teeth come into sight over the lower lip when the jaw is far down.</summary>
    private const float LowerTeethHeight = 0.026f;

    private static readonly Vector3 Highlight = new(18, 18, 17);

    private readonly MouthLight light;
    private readonly Vector3 direction;
    private readonly Vector3 cavity;
    private readonly Vector3 flesh;
    private readonly Vector3 tongue;
    private readonly DentalArch upperTeeth;
    private readonly DentalArch lowerTeeth;
    private readonly InnerPose pose;
    private readonly float middle;
    private readonly float opening;
    private readonly float lit;
    private readonly LipRow upper;
    private readonly LipRow lower;

    /// <param name="shape">The target's canonical points.</param>
    /// <param name="parallax">Sideways shift in the picture for one unit of depth, as the head is turned.</param>
    public InnerMouth(MouthLight light, ReadOnlySpan<Vector2> shape, float parallax, InnerPose pose)
    {
        (this.light, this.pose) = (light, pose);
        direction = Vector3.Normalize(new Vector3(0.8f * light.Side, 0.45f, 1));
        cavity = light.Skin * new Vector3(0.13f, 0.065f, 0.06f);
        flesh = light.Skin * new Vector3(0.40f, 0.17f, 0.17f);
        tongue = light.Skin * new Vector3(0.56f, 0.29f, 0.30f);
        upperTeeth = DentalArch.Upper(parallax);
        lowerTeeth = DentalArch.Lower(parallax);
        opening = MouthParameters.OpeningOf(shape);
        lit = MathF.Max(float.Lerp(0.3f, 1, Hermite.SmoothStep(0.015f, pose.FullLight, opening)), 0.6f * pose.Tuck);
        middle = shape[FaceLandmarks.NoseBase].X;
        upper = new LipRow(shape, FaceLandmarks.InnerUpper);
        lower = new LipRow(shape, FaceLandmarks.InnerLower);
    }

    /// <summary>The lips' wet inner edge in its shadow.</summary>
    public Vector3 Wet => light.Skin * new Vector3(0.42f, 0.18f, 0.17f);

    /// <summary>Standard deviation of the picture's noise.</summary>
    public float Grain => light.Grain;

    /// <summary>Standard deviation of the picture's blur, in pixels.</summary>
    public float Blur => light.Blur;

    /// <summary>0 … 1: the lower lip touches the upper teeth, which are seen between the lips however near these are.</summary>
    public float Tuck => pose.Tuck;

    /// <summary>Gap between the lips at a place across the mouth.</summary>
    public float GapAt(float x) => lower.At(x) - upper.At(x);

    /// <summary>1 where the lower lip stands close under teeth, 0 where the dark lies between them.</summary>
    /// <param name="edge">The height at which the teeth end.</param>
    public float UnderTeethAt(float x, float edge) => 1 - Hermite.SmoothStep(0.01f, 0.05f, lower.At(x) - edge);

    /// <summary>Nearly 1 where the lips touch, 0 some pixels off and where they part: parted lips that close have no seam of their own to keep.</summary>
    /// <param name="pixel">A pixel in eye distances.</param>
    public float SeamAt(Vector2 point, float pixel)
    {
        var inward = MathF.Min(point.Y - upper.At(point.X), lower.At(point.X) - point.Y);
        var aside = MathF.Min(point.X - upper.Left, upper.Right - point.X);
        var parted = Hermite.SmoothStep(0.02f, 0.05f, GapAt(point.X));
        return 0.88f * (1 - parted) * (1 - 0.8f * pose.Tuck) * Hermite.SmoothStep(-1.8f * pixel, 0, inward) * Hermite.SmoothStep(0, 4 * pixel, aside);
    }

    /// <summary>What is in shadow turns warm: its light comes from the flesh about it.</summary>
    public static Vector3 Warm(float shade) => new(shade, MathF.Pow(shade, 1.3f), MathF.Pow(shade, 1.4f));

    /// <summary>The lips' shadow on whatever lies behind them, 0 … 1.</summary>
    /// <param name="least">Right under the upper lip.</param>
    public float ShadeAt(Vector2 point, float least)
    {
        var below = point.Y - upper.At(point.X);
        return float.Lerp(least, 1, Hermite.SmoothStep(-0.005f, 0.028f, below)) * float.Lerp(0.55f, 1, lit);
    }

    /// <summary>The colour at a canonical point between the lips.</summary>
    public Vector3 At(Vector2 point)
    {
        var (top, bottom) = (upper.At(point.X), lower.At(point.X));
        var across = Across(point.X);
        var toLips = MathF.Min(point.Y - top, bottom - point.Y);
        var colour = Vector3.Lerp(cavity, flesh, 0.35f * lit * MathF.Exp(-MathF.Max(0, toLips) / 0.014f));
        colour = Tongue(colour, point, bottom, across);
        colour = LowerTeeth(colour, point, bottom);
        colour = UpperTeeth(colour, point, bottom - top);

        // Lips that touch show no inside, only their own shadow.
        return Vector3.Lerp(Wet, colour, Hermite.SmoothStep(0.002f, 0.018f, bottom - top));
    }

    private Vector3 Tongue(Vector3 below, Vector2 point, float bottom, float across)
    {
        // Lying it fills the floor of the mouth; raised its tip reaches behind the upper teeth's edge.
        var lying = bottom - 0.012f - 0.36f * opening;
        var tip = float.Lerp(lying, MathF.Min(lying, pose.TeethEdge - 0.012f), pose.Tongue);
        var width = float.Lerp(0.80f, 0.62f, pose.Tongue);
        var side = across / width;
        if (MathF.Abs(side) >= 1)
        {
            return below;
        }

        var dome = MathF.Sqrt(1 - side * side);
        var crest = bottom + (tip - bottom) * dome;
        var presence = Hermite.SmoothStep(crest - 2 * Soft, crest + 3 * Soft, point.Y)
            * Hermite.SmoothStep(float.Lerp(0.06f, 0.03f, pose.Tongue), float.Lerp(0.14f, 0.09f, pose.Tongue), opening) * Hermite.SmoothStep(0, 0.35f, 1 - MathF.Abs(side));
        var height = Math.Clamp((bottom - point.Y) / MathF.Max(0.02f, bottom - crest), 0, 1);

        // Rounded: brightest a little below the crest, dark where it dives behind the lower lip; a groove in its middle.
        var form = 0.42f + 0.58f * MathF.Sin(MathF.PI * MathF.Pow(height, 0.8f));
        var groove = 1 - 0.16f * MathF.Exp(-side * side / 0.006f) * (1 - pose.Tongue);
        var sideways = 1 + 0.35f * light.Side * side;
        var shadow = float.Lerp(0.5f, 1, Hermite.SmoothStep(-0.01f, 0.05f, point.Y - pose.TeethEdge));
        var shade = lit * form * groove * sideways * float.Lerp(shadow, 0.85f, pose.Tongue);
        return Vector3.Lerp(below, tongue * shade, 0.92f * presence);
    }

    private Vector3 LowerTeeth(Vector3 below, Vector2 point, float bottom)
    {
        var rise = LowerTeethHeight * Hermite.SmoothStep(0.075f, 0.14f, opening);
        var tooth = lowerTeeth.At(point.X - middle);
        if (rise <= 0 || tooth.Depth == float.MaxValue)
        {
            return below;
        }

        var edge = bottom - rise + tooth.Edge + 0.35f * (tooth.Depth - FrontDepth);
        var presence = Hermite.SmoothStep(edge - Soft, edge + Soft, point.Y) * Hermite.SmoothStep(0, 0.18f, tooth.Body);
        return Vector3.Lerp(below, Enamel(tooth, 0.52f * lit), 0.85f * presence * Near(tooth));
    }

    private Vector3 UpperTeeth(Vector3 below, Vector2 point, float gap)
    {
        var tooth = upperTeeth.At(point.X - middle);
        if (tooth.Depth == float.MaxValue)
        {
            return below;
        }

        var edge = pose.TeethEdge + tooth.Edge;
        var above = edge - point.Y;
        var presence = Hermite.SmoothStep(-Soft, Soft, above);

        // Neighbours touch above; towards the edge they round off and the dark behind shows between them.
        var open = Hermite.SmoothStep(0.024f, 0, above);
        presence *= float.Lerp(1, Hermite.SmoothStep(-0.06f, 0.10f + 0.10f * open, tooth.Body), float.Lerp(0.35f, 0.7f, open));

        // Enamel lets the dark shine through where it is thin, and gleams above the middle of the front teeth.
        var thin = 1 - 0.16f * Hermite.SmoothStep(0.014f, 0, above);
        var gleam = Gleam(tooth, above);
        var shaded = (Enamel(tooth, thin) + gleam) * Warm(ShadeAt(point, 0.58f) * lit);
        return Vector3.Lerp(below, shaded, 0.96f * presence * Near(tooth) * MathF.Max(pose.Tuck, Hermite.SmoothStep(0.008f, 0.045f, gap)));
    }

    /// <summary>A tooth's face in the light that falls on it.</summary>
    private Vector3 Enamel(Tooth tooth, float amount)
    {
        var facing = MathF.Sqrt(MathF.Max(0, 1 - tooth.Facing * tooth.Facing));
        var diffuse = MathF.Max(0, tooth.Facing * direction.X + facing * direction.Z) / direction.Z;
        var shade = amount * (0.38f + 0.62f * diffuse) * MathF.Exp(-(tooth.Depth - FrontDepth) / DepthOfLight);
        return light.Teeth * Warm(shade);
    }

    private Vector3 Gleam(Tooth tooth, float above)
    {
        var half = Vector3.Normalize(direction + Vector3.UnitZ);
        var sideways = (tooth.Facing - half.X) / 0.16f;
        var upwards = (above - 0.05f) / 0.016f;
        return Highlight * (MathF.Exp(-sideways * sideways - upwards * upwards) * MathF.Exp(-(tooth.Depth - FrontDepth) / 0.03f));
    }

    /// <summary>Teeth far back are lost in the dark.</summary>
    private static float Near(Tooth tooth) => 1 - Hermite.SmoothStep(0.16f, 0.34f, tooth.Depth);

    private float Across(float x) => Math.Clamp((2 * x - upper.Left - upper.Right) / (upper.Right - upper.Left), -1, 1);
}
