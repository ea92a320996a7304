using System.Numerics;

namespace LipSync.Rendering.Warping;

/// <summary>
/// Brings edges into a triangulation that has none there, by flipping the diagonals that cross them (S. W. Sloan, A fast algorithm
/// for generating constrained Delaunay triangulations, 1993).
/// </summary>
internal static class EdgeRecovery
{
    public static void Require(List<(int A, int B, int C)> triangles, ReadOnlySpan<Vector2> points, int from, int to)
    {
        var crossing = new Queue<(int, int)>();
        foreach (var (a, b, c) in triangles)
        {
            foreach (var (p, q) in new[] { (a, b), (b, c), (c, a) })
            {
                // Every inner edge stands in two triangles.
                var edge = (Math.Min(p, q), Math.Max(p, q));
                if (Cross(points, edge, (from, to)) && !crossing.Contains(edge))
                {
                    crossing.Enqueue(edge);
                }
            }
        }

        for (var left = 4 * crossing.Count * crossing.Count; left > 0 && crossing.TryDequeue(out var edge); left--)
        {
            var (first, second) = (Find(triangles, edge, -1), Find(triangles, edge, 1));
            var (p, q) = (Opposite(triangles[first], edge), Opposite(triangles[second], edge));
            if (!Cross(points, edge, (p, q)))
            {
                crossing.Enqueue(edge);
                continue;
            }

            (triangles[first], triangles[second]) = ((p, q, edge.Item1), (p, q, edge.Item2));
            if (Cross(points, (p, q), (from, to)))
            {
                crossing.Enqueue((p, q));
            }
        }
    }

    /// <summary>The first or the last triangle that has the edge.</summary>
    private static int Find(List<(int A, int B, int C)> triangles, (int A, int B) edge, int direction)
    {
        bool Has((int A, int B, int C) t) => Holds(t, edge.A) && Holds(t, edge.B);
        return direction < 0 ? triangles.FindIndex(Has) : triangles.FindLastIndex(Has);
    }

    private static bool Holds((int A, int B, int C) triangle, int point) => triangle.A == point || triangle.B == point || triangle.C == point;

    private static int Opposite((int A, int B, int C) triangle, (int A, int B) edge) => triangle.A + triangle.B + triangle.C - edge.A - edge.B;

    /// <summary>Whether two edges cross within both.</summary>
    private static bool Cross(ReadOnlySpan<Vector2> points, (int A, int B) one, (int A, int B) other) =>
        Side(points, one, other.A) * Side(points, one, other.B) < 0 && Side(points, other, one.A) * Side(points, other, one.B) < 0;

    private static double Side(ReadOnlySpan<Vector2> points, (int A, int B) edge, int point)
    {
        var (along, to) = (points[edge.B] - points[edge.A], points[point] - points[edge.A]);
        return Math.Sign((double)along.X * to.Y - (double)along.Y * to.X);
    }
}
