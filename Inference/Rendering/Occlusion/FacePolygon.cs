using System.Numerics;
using LipSync.Faces.Tracking;

namespace LipSync.Rendering.Occlusion;

/// <summary>An outline on a face, in eye distances along the axes of somebody's <see cref="LowerFace"/>.</summary>
internal readonly struct FacePolygon(Vector2[] points)
{
    /// <summary>From pixels to the axes of a face.</summary>
    public static Matrix3x2 AxesOf(ReadOnlySpan<Vector3> mesh)
    {
        var (origin, x, y) = FaceThumbnail.Axes(mesh);
        Matrix3x2.Invert(new(x.X, x.Y, y.X, y.Y, origin.X, origin.Y), out var toFace);
        return toFace;
    }

    /// <param name="points">The mesh's points around the outline.</param>
    /// <param name="middle">Within it.</param>
    /// <param name="away">By so much every point is moved away from the middle.</param>
    public static FacePolygon Of(ReadOnlySpan<Vector3> mesh, ReadOnlySpan<int> points, Matrix3x2 toFace, Vector2 middle, float away)
    {
        var outline = new Vector2[points.Length];
        for (var i = 0; i < outline.Length; i++)
        {
            var offset = Vector2.Transform(mesh[points[i]].AsVector2(), toFace) - middle;
            var length = MathF.Max(1e-3f, offset.Length());
            outline[i] = middle + (MathF.Max(0, length + away) / length * offset);
        }

        return new(outline);
    }

    /// <summary>Whether a ray from the place crosses the outline an odd number of times.</summary>
    public bool Contains(Vector2 place)
    {
        var inside = false;
        for (var i = 0; i < points.Length; i++)
        {
            var (a, b) = (points[i], points[(i + 1) % points.Length]);
            if (a.Y > place.Y != b.Y > place.Y && place.X < a.X + ((b.X - a.X) * (place.Y - a.Y) / (b.Y - a.Y)))
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
