using System.Numerics;
using System.Runtime.InteropServices;

namespace LipSync.Rendering.Geometry;

/// <summary>A mouth in three numbers, in eye distances.</summary>
/// <param name="Opening">Gap between the inner lips, the mean of three places about the middle.</param>
/// <param name="Width">Distance between the mouth's corners.</param>
/// <param name="Jaw">How far the chin lies below the nose's base.</param>
internal readonly record struct MouthParameters(float Opening, float Width, float Jaw)
{
    private static readonly (int Upper, int Lower)[] Gaps = [(13, 14), (82, 87), (312, 317)];

    /// <summary>Measures a canonical mesh.</summary>
    public static MouthParameters Of(ReadOnlySpan<Vector3> canonical) => new(
        OpeningOf(canonical),
        Vector3.Distance(canonical[FaceLandmarks.LeftCorner], canonical[FaceLandmarks.RightCorner]),
        canonical[FaceLandmarks.Chin].Y - canonical[FaceLandmarks.NoseBase].Y);

    public static MouthParameters operator -(MouthParameters a, MouthParameters b) => new(a.Opening - b.Opening, a.Width - b.Width, a.Jaw - b.Jaw);

    public static float OpeningOf(ReadOnlySpan<Vector3> canonical) => OpeningOf(MemoryMarshal.Cast<Vector3, float>(canonical), dimensions: 3);

    public static float OpeningOf(ReadOnlySpan<Vector2> shape) => OpeningOf(MemoryMarshal.Cast<Vector2, float>(shape), dimensions: 2);

    private static float OpeningOf(ReadOnlySpan<float> coordinates, int dimensions)
    {
        var sum = 0f;
        foreach (var (upper, lower) in Gaps)
        {
            sum += coordinates[(lower * dimensions) + 1];
            sum -= coordinates[(upper * dimensions) + 1];
        }

        return sum / Gaps.Length;
    }
}
