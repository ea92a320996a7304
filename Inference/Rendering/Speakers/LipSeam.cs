using System.Numerics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Speakers;

/// <summary>
/// Where the lips really meet, or end where they are apart. The mesh guesses it a few pixels off, which would paint an opening mouth
/// into a lip and leave teeth on closed ones.
/// </summary>
/// <param name="Offsets">Canonical distance down from the mesh's upper inner lip to the true one, for each column of the inner lips.</param>
/// <param name="Gaps">The true gap between the lips in gaps of the mesh, beyond <paramref name="Touch"/>.</param>
/// <param name="Touch">The gap that the mesh shows on lips that touch.</param>
/// <param name="Corner">How far the true corners lie on the way from the mesh's inner to its outer ones.</param>
internal sealed record LipSeam(float[] Offsets, float[] Gaps, float Touch, float Corner)
{
    public static LipSeam AsMeshed => new(new float[Columns], [.. Enumerable.Repeat(1f, Columns)], 0, 0);

    public static int Columns => FaceLandmarks.InnerUpper.Length;

    /// <summary>The offset in the middle of the mouth.</summary>
    public float Middle => Offsets[Columns / 2];

    /// <summary>
    /// What lips and jaw have to move by for a mouth of the mesh's opening. Lips that the mesh sees thinner than they are have less far to
    /// go: moved as the mesh asks, they would swallow each other when they close.
    /// </summary>
    /// <param name="own">The frame's own opening.</param>
    public MouthParameters Narrowed(MouthParameters asked, float own) =>
        asked with { Opening = own + (asked.Opening - own) * (Gaps[Columns / 2 - 1] + Gaps[Columns / 2] + Gaps[Columns / 2 + 1]) / 3 };

    /// <summary>The gap between a shape's lips in each column, as the mesh sees it.</summary>
    public static void Measure(ReadOnlySpan<Vector2> shape, Span<float> gaps)
    {
        for (var i = 0; i < Columns; i++)
        {
            gaps[i] = shape[FaceLandmarks.InnerLower[i]].Y - shape[FaceLandmarks.InnerUpper[i]].Y;
        }
    }

    /// <summary>Moves the inner lips' points of a canonical mesh or shape to where the lips really end. Closed lips stay closed.</summary>
    /// <param name="gaps">Between the lips in each column, as the mesh sees or would see it.</param>
    public void Apply(Span<Vector2> shape, ReadOnlySpan<float> gaps)
    {
        var upper = FaceLandmarks.InnerUpper;
        var lower = FaceLandmarks.InnerLower;
        for (var i = 1; i < Offsets.Length - 1; i++)
        {
            shape[upper[i]].Y += Offsets[i];
            shape[lower[i]].Y = shape[upper[i]].Y + Gaps[i] * MathF.Max(0, gaps[i] - Touch);
        }

        shape[upper[0]] = Vector2.Lerp(shape[upper[0]], shape[FaceLandmarks.LeftCorner], Corner);
        shape[upper[^1]] = Vector2.Lerp(shape[upper[^1]], shape[FaceLandmarks.RightCorner], Corner);
    }
}
