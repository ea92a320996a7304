using System.Numerics;
using LipSync.Basics;

namespace LipSync.Rendering.Exemplars;

/// <summary>How alike the speaker's mouths look.</summary>
internal static class AppearanceDistances
{
    private const int Neighbours = 5;
    private const float Conspicuous = 1.5f;

    public static float[,] Between(IReadOnlyList<Exemplar> exemplars)
    {
        var distances = new float[exemplars.Count, exemplars.Count];
        for (var i = 0; i < exemplars.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                distances[i, j] = distances[j, i] = exemplars[i].Appearance.DistanceTo(exemplars[j].Appearance);
            }
        }

        return distances;
    }

    /// <summary>The usual distance from one source frame to the next.</summary>
    public static float MedianOfNeighbours(IReadOnlyList<Exemplar> exemplars, float[,] distances)
    {
        var adjacent = Enumerable.Range(1, Math.Max(0, exemplars.Count - 1))
            .Where(i => exemplars[i].SourceFrame == exemplars[i - 1].SourceFrame + 1)
            .Select(i => distances[i - 1, i]);
        return MathF.Max(1e-3f, Quantile.UpperMedian(adjacent));
    }

    /// <summary>
    /// How far each looks from the mouths of nearly the same shape, beyond what is usual: a hand, a microphone or a blurred frame
    /// stands out.
    /// </summary>
    public static float[] Outliers(IReadOnlyList<Exemplar> exemplars, float[,] distances)
    {
        var toAlike = new float[exemplars.Count];
        var shapes = new float[exemplars.Count];
        var numbers = new int[exemplars.Count];
        for (var i = 0; i < exemplars.Count; i++)
        {
            for (var j = 0; j < exemplars.Count; j++)
            {
                (shapes[j], numbers[j]) = (i == j ? float.MaxValue : ShapeDistance(exemplars[i].Lips, exemplars[j].Lips), j);
            }

            Array.Sort(shapes, numbers);
            var number = i;
            toAlike[i] = Quantile.UpperMedian(numbers.Take(Math.Min(Neighbours, exemplars.Count - 1)).Select(j => distances[number, j]));
        }

        var usual = MathF.Max(1e-3f, Quantile.UpperMedian(toAlike));
        return Array.ConvertAll(toAlike, distance => MathF.Max(0, distance / usual - Conspicuous));
    }

    private static float ShapeDistance(Vector2[] a, Vector2[] b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            sum += Vector2.DistanceSquared(a[i], b[i]);
        }

        return sum;
    }
}
