using System.Numerics;

namespace LipSync.Basics;

/// <summary>Values of a set by their rank: always one of the set, never between two.</summary>
internal static class Quantile
{
    /// <summary>
    /// The value that a share of the sorted values stays under; NaN where there are none. The rank is rounded in the precision of
    /// the share: halfway between two ranks, a double can choose another one than a float.
    /// </summary>
    public static float At<T>(ReadOnlySpan<float> sorted, T share)
        where T : IFloatingPoint<T> =>
        sorted.IsEmpty ? float.NaN : sorted[int.CreateTruncating(T.Round(share * T.CreateTruncating(sorted.Length - 1)))];

    /// <summary>The upper one of two middle values; 0 where there are none.</summary>
    public static float UpperMedian(IEnumerable<float> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
