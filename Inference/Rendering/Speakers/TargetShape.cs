using System.Numerics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Speakers;

/// <summary>
/// The canonical face that a frame shall show: mean + the frame's own smoothed residual (smile, expression) + basis · parameters,
/// with exactly the opening asked for.
/// </summary>
internal static class TargetShape
{
    private const int Iterations = 3;

    /// <summary>The widest gap anywhere, in openings.</summary>
    private const float MostGap = 1.25f;

    /// <summary>How far the lower lip curls up under the upper teeth for f and v, in eye distances.</summary>
    private const float TuckDepth = 0.012f;

    /// <param name="residual">The speaker's own deviation from mean + basis · own parameters at this source frame, smoothed over time.</param>
    /// <param name="tuck">0 … 1: lower lip to the upper teeth.</param>
    public static void Solve(
        SpeakerModel speaker, ReadOnlySpan<Vector2> residual, MouthParameters parameters, float tuck, Span<Vector2> shape)
    {
        var change = parameters - speaker.MeanParameters;
        for (var i = 0; i < shape.Length; i++)
        {
            var mean = speaker.Mean[i];
            shape[i] = mean.AsVector2() + residual[i] + speaker.Basis.Offset(i, change).AsVector2();
        }

        ForceOpening(shape, parameters.Opening);
        if (tuck > 0)
        {
            Shift(shape, FaceLandmarks.OuterLower, -TuckDepth * tuck);
        }
    }

    /// <summary>Draws a shape from a frame's own, which it is at strength 0, to what was asked for, which it stays at strength 1.</summary>
    public static void Draw(Span<Vector2> shape, ReadOnlySpan<Vector3> canonical, float strength)
    {
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = Vector2.Lerp(canonical[i].AsVector2(), shape[i], strength);
        }
    }

    private static void ForceOpening(Span<Vector2> shape, float opening)
    {
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var missing = opening - MouthParameters.OpeningOf(shape);
            Shift(shape, FaceLandmarks.InnerUpper, -0.3f * missing);
            Shift(shape, FaceLandmarks.InnerLower, 0.7f * missing);
            Shift(shape, FaceLandmarks.OuterUpper, -0.25f * missing);
            Shift(shape, FaceLandmarks.OuterLower, 0.6f * missing);
            LimitGaps(shape, opening);
        }
    }

    /// <summary>Moves a row of lip points, its middle fully and its corners not at all. Inner rows share the corners: they stay.</summary>
    private static void Shift(Span<Vector2> shape, ReadOnlySpan<int> row, float amount)
    {
        for (var i = 1; i < row.Length - 1; i++)
        {
            shape[row[i]].Y += amount * Profile(i, row.Length);
        }
    }

    /// <summary>How far a row's point follows its middle.</summary>
    private static float Profile(int index, int count) => MathF.Pow(MathF.Sin(MathF.PI * index / (count - 1)), 0.6f);

    /// <summary>Lips touch, they never cross, and towards the corners they part less: a smile that closes must close there too.</summary>
    private static void LimitGaps(Span<Vector2> shape, float opening)
    {
        var upper = FaceLandmarks.InnerUpper;
        var lower = FaceLandmarks.InnerLower;
        for (var i = 1; i < upper.Length - 1; i++)
        {
            var (top, bottom) = (shape[upper[i]].Y, shape[lower[i]].Y);
            if (bottom < top)
            {
                shape[upper[i]].Y = shape[lower[i]].Y = (top + bottom) / 2;
            }

            var excess = bottom - top - MostGap * opening * Profile(i, upper.Length);
            if (excess > 0)
            {
                shape[upper[i]].Y += 0.3f * excess;
                shape[lower[i]].Y -= 0.7f * excess;
            }
        }
    }
}
