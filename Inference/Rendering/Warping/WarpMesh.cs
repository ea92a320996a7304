using System.Numerics;
using LipSync.Faces;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Speakers;
using OpenCvSharp;

namespace LipSync.Rendering.Warping;

/// <summary>
/// The triangles that a moving mouth bends: the face mesh plus rings outside the lower oval, on which the movement dies out so
/// that neck and background follow the chin softly. Triangulated once, on an open mouth, so that no triangle joins the two lips.
/// </summary>
internal sealed class WarpMesh
{
    private const float OpenMouth = 0.12f;

    /// <summary>Coordinates are scaled up for the triangulation, whose tolerance is absolute.</summary>
    private const float Precision = 1000;

    private static readonly (float Distance, float Share)[] Rings = [(0.10f, 0.7f), (0.22f, 0.3f), (0.40f, 0)];

    private readonly SpeakerModel speaker;
    private readonly Vector2[] ringOffsets;

    public WarpMesh(SpeakerModel speaker)
    {
        this.speaker = speaker;
        var mean = speaker.Mean;
        var centre = mean[FaceLandmarks.NoseBase].AsVector2();
        var open = new Vector2[VertexCount];
        for (var i = 0; i < mean.Length; i++)
        {
            open[i] = (mean[i] + (OpenMouth - speaker.MeanParameters.Opening) * speaker.Basis.Opening[i]).AsVector2();
        }

        ringOffsets = new Vector2[VertexCount - mean.Length];
        for (var vertex = mean.Length; vertex < VertexCount; vertex++)
        {
            var (oval, distance, _) = RingPoint(vertex);
            var position = mean[oval].AsVector2();
            ringOffsets[vertex - mean.Length] = distance * Vector2.Normalize(position - centre);
            open[vertex] = position + ringOffsets[vertex - mean.Length];
        }

        var triangles = Triangulate(open).ToList();
        foreach (var outline in new[] { FaceLandmarks.InnerOutline, FaceLandmarks.OuterOutline })
        {
            // Near the corners the rows lie so close that a triangulation of its own joins the lips across the gap.
            for (var i = 0; i < outline.Length; i++)
            {
                EdgeRecovery.Require(triangles, open, outline[i], outline[(i + 1) % outline.Length]);
            }
        }

        All = triangles;
        Moving = [.. All.Where(t => Moves(t.A) || Moves(t.B) || Moves(t.C))];
    }

    public static int VertexCount => FaceTracks.MeshPoints + Rings.Length * FaceLandmarks.LowerOval.Length;

    public IReadOnlyList<(int A, int B, int C)> All { get; }

    /// <summary>The triangles of which a corner can move.</summary>
    public IReadOnlyList<(int A, int B, int C)> Moving { get; }

    /// <summary>The vertices, in pixels, as a frame shows them.</summary>
    public void Place(HeadPose pose, ReadOnlySpan<Vector3> mesh, Span<Vector2> vertices)
    {
        for (var i = 0; i < mesh.Length; i++)
        {
            vertices[i] = mesh[i].AsVector2();
        }

        for (var vertex = mesh.Length; vertex < vertices.Length; vertex++)
        {
            vertices[vertex] = vertices[RingPoint(vertex).Oval] + pose.Displacement(ringOffsets[vertex - mesh.Length]);
        }
    }

    /// <summary>The vertices, in pixels, where the target wants them.</summary>
    /// <param name="canonical">The frame's own canonical mesh.</param>
    /// <param name="placed">The frame's own vertices, from <see cref="Place"/>.</param>
    public void Displace(
        HeadPose pose, ReadOnlySpan<Vector3> canonical, ReadOnlySpan<Vector2> placed, ReadOnlySpan<Vector2> target, Span<Vector2> vertices)
    {
        var change = MouthParameters.Of(target) - MouthParameters.Flat(canonical);
        for (var i = 0; i < target.Length; i++)
        {
            var move = new Vector3(target[i] - canonical[i].AsVector2(), speaker.Basis.Offset(i, change).Z);
            vertices[i] = placed[i] + pose.Displacement(speaker.Mask[i] * move);
        }

        for (var vertex = target.Length; vertex < vertices.Length; vertex++)
        {
            var (oval, _, share) = RingPoint(vertex);
            vertices[vertex] = placed[vertex] + share * (vertices[oval] - placed[oval]);
        }
    }

    private static (int Oval, float Distance, float Share) RingPoint(int vertex)
    {
        var index = vertex - FaceTracks.MeshPoints;
        var (distance, share) = Rings[index / FaceLandmarks.LowerOval.Length];
        return (FaceLandmarks.LowerOval[index % FaceLandmarks.LowerOval.Length], distance, share);
    }

    private bool Moves(int vertex)
    {
        var (point, share) = vertex < FaceTracks.MeshPoints ? (vertex, 1f) : (RingPoint(vertex).Oval, RingPoint(vertex).Share);
        return share * speaker.Mask[point] > 0.001f;
    }

    private static IEnumerable<(int A, int B, int C)> Triangulate(Vector2[] points)
    {
        var extent = (int)(4 * Precision);
        using var delaunay = new Subdiv2D(new Rect(-extent, -extent, 2 * extent, 2 * extent));
        var numbers = new Dictionary<Point2f, int>(points.Length);
        for (var i = 0; i < points.Length; i++)
        {
            var point = new Point2f(points[i].X * Precision, points[i].Y * Precision);
            if (numbers.TryAdd(point, i))
            {
                delaunay.Insert(point);
            }
        }

        foreach (var t in delaunay.GetTriangleList())
        {
            if (numbers.TryGetValue(new Point2f(t.Item0, t.Item1), out var a)
                && numbers.TryGetValue(new Point2f(t.Item2, t.Item3), out var b)
                && numbers.TryGetValue(new Point2f(t.Item4, t.Item5), out var c))
            {
                yield return (a, b, c);
            }
        }
    }
}
