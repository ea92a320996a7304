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

    /// <summary>Moves the inner lips' points of a canonical mesh or shape to where the lips really end. Closed lips stay closed.</summary>
    public void Apply(Span<Vector2> shape)
    {
        var upper = FaceLandmarks.InnerUpper;
        var lower = FaceLandmarks.InnerLower;
        for (var i = 1; i < Offsets.Length - 1; i++)
        {
            var gap = shape[lower[i]].Y - shape[upper[i]].Y;
            shape[upper[i]].Y += Offsets[i];
            shape[lower[i]].Y = shape[upper[i]].Y + Gaps[i] * MathF.Max(0, gap - Touch);
        }

        shape[upper[0]] = Vector2.Lerp(shape[upper[0]], shape[FaceLandmarks.LeftCorner], Corner);
        shape[upper[^1]] = Vector2.Lerp(shape[upper[^1]], shape[FaceLandmarks.RightCorner], Corner);
    }
}
