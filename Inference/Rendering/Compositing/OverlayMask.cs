using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Compositing;

/// <summary>
/// Where an exemplar covers the frame: fully on the lips, fading out over skin, gone at the nose and the chin's edge. Works in
/// the face's own axes, so that it turns with the head.
/// </summary>
internal readonly struct OverlayMask
{
    private const float FadeSide = 0.24f;
    private const float FadeUp = 0.16f;
    private const float FadeDown = 0.32f;

    /// <summary>A cheek that is turned away shows little skin: the fade ends within it, but is never as hard as an edge.</summary>
    private const float LeastFadeSide = 0.03f;
    private const float WithinCheek = 0.9f;

    private readonly HeadPose pose;
    private readonly Vector2 centre;
    private readonly Vector2 centreInPicture;
    private readonly Vector2 half;
    private readonly float fadeLeft;
    private readonly float fadeRight;
    private readonly float fadeUp;
    private readonly float fadeDown;

    /// <param name="shape">The target's canonical points.</param>
    /// <param name="targetVertices">The same in pixels.</param>
    public OverlayMask(HeadPose pose, ReadOnlySpan<Vector2> shape, ReadOnlySpan<Vector2> targetVertices)
    {
        this.pose = pose;
        var (low, high) = (shape[FaceLandmarks.LeftCorner], shape[FaceLandmarks.LeftCorner]);
        foreach (var point in FaceLandmarks.OuterOutline)
        {
            low = Vector2.Min(low, shape[point]);
            high = Vector2.Max(high, shape[point]);
        }

        centre = (low + high) / 2;
        half = (high - low) / 2;
        fadeUp = MathF.Min(FadeUp, low.Y - shape[FaceLandmarks.NoseBase].Y);
        fadeDown = MathF.Min(FadeDown, 0.9f * (shape[FaceLandmarks.Chin].Y - high.Y));
        var anchor = (shape[0] + shape[17]) / 2;
        centreInPicture = (targetVertices[0] + targetVertices[17]) / 2 + pose.Displacement(centre - anchor);
        var (left, right) = Cheeks(new PictureToFace(pose, Vector2.Zero, centreInPicture), targetVertices);
        fadeLeft = Math.Clamp(WithinCheek * (-left - half.X), LeastFadeSide, FadeSide);
        fadeRight = Math.Clamp(WithinCheek * (right - half.X), LeastFadeSide, FadeSide);
    }

    /// <summary>The pixels that are covered at all.</summary>
    public Rect Region(Rect within)
    {
        var bounds = new RegionBounds();
        bounds.Include(Corner(-1, -half.Y - fadeUp));
        bounds.Include(Corner(1, -half.Y - fadeUp));
        bounds.Include(Corner(-1, half.Y + fadeDown));
        bounds.Include(Corner(1, half.Y + fadeDown));
        return bounds.Within(within.Right, within.Bottom).Intersect(within);
    }

    /// <summary>Fills a float plane of the region's size with 0 … <paramref name="strength"/>.</summary>
    public void Fill(Rect region, float strength, Mat alpha)
    {
        alpha.Create(region.Height, region.Width, MatType.CV_32FC1);
        var toFace = new PictureToFace(pose, Vector2.Zero, centreInPicture);
        var perX = toFace.PerX;
        for (var y = 0; y < region.Height; y++)
        {
            var row = alpha.Row<float>(y);
            var position = toFace.At(new Vector2(region.X, region.Y + y));
            for (var x = 0; x < row.Length; x++, position += perX)
            {
                var side = MathF.Max(0, MathF.Abs(position.X) - half.X) / (position.X < 0 ? fadeLeft : fadeRight);
                var along = MathF.Max(0, MathF.Abs(position.Y) - half.Y) / (position.Y < 0 ? fadeUp : fadeDown);
                var distance = side * side + along * along;
                row[x] = distance >= 1 ? 0 : strength * (1 - Hermite.SmoothStep(0, 1, MathF.Sqrt(distance)));
            }
        }
    }

    /// <summary>How far the face's edge is to the left and to the right of the mouth's middle, as the picture shows it.</summary>
    private static (float Left, float Right) Cheeks(PictureToFace toFace, ReadOnlySpan<Vector2> targetVertices)
    {
        var (left, right) = (float.MinValue, float.MaxValue);
        var oval = FaceLandmarks.LowerOval;
        for (var i = 1; i < oval.Length; i++)
        {
            var (above, below) = (toFace.At(targetVertices[oval[i - 1]]), toFace.At(targetVertices[oval[i]]));
            if (above.Y <= 0 != below.Y <= 0)
            {
                var x = float.Lerp(above.X, below.X, above.Y / (above.Y - below.Y));
                (left, right) = x < 0 ? (MathF.Max(left, x), right) : (left, MathF.Min(right, x));
            }
        }

        return (left, right);
    }

    private Vector2 Corner(int side, float y) => centreInPicture + pose.Displacement(new Vector2(side * (half.X + FadeSide), y));
}
