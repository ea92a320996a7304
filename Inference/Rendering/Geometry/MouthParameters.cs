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
    public static MouthParameters Of(ReadOnlySpan<Vector3> canonical) => Flat(canonical) with
    {
        Width = Vector3.Distance(canonical[FaceLandmarks.LeftCorner], canonical[FaceLandmarks.RightCorner]),
    };

    /// <summary>Measures a shape, which knows no depth.</summary>
    public static MouthParameters Of(ReadOnlySpan<Vector2> shape) => Of(MemoryMarshal.Cast<Vector2, float>(shape), dimensions: 2);

    /// <summary>Measures a canonical mesh as if it were a shape.</summary>
    public static MouthParameters Flat(ReadOnlySpan<Vector3> canonical) => Of(MemoryMarshal.Cast<Vector3, float>(canonical), dimensions: 3);

    public static MouthParameters operator -(MouthParameters a, MouthParameters b) => new(a.Opening - b.Opening, a.Width - b.Width, a.Jaw - b.Jaw);

    public static float OpeningOf(ReadOnlySpan<Vector3> canonical) => OpeningOf(MemoryMarshal.Cast<Vector3, float>(canonical), dimensions: 3);

    public static float OpeningOf(ReadOnlySpan<Vector2> shape) => OpeningOf(MemoryMarshal.Cast<Vector2, float>(shape), dimensions: 2);

    private static MouthParameters Of(ReadOnlySpan<float> coordinates, int dimensions)
    {
        var (left, right) = (FaceLandmarks.LeftCorner * dimensions, FaceLandmarks.RightCorner * dimensions);
        var corners = new Vector2(coordinates[right] - coordinates[left], coordinates[right + 1] - coordinates[left + 1]);
        var jaw = coordinates[(FaceLandmarks.Chin * dimensions) + 1] - coordinates[(FaceLandmarks.NoseBase * dimensions) + 1];
        return new(OpeningOf(coordinates, dimensions), corners.Length(), jaw);
    }

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
