using System.Numerics;
using LipSync.Faces.Tracking;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Occlusion;

/// <summary>Which cells of a <see cref="LowerFace"/> show what in one frame.</summary>
/// <param name="Skin">Surely within the face, under the nose, off the lips: it hardly changes by itself.</param>
/// <param name="Lips">The lips and what is between them.</param>
internal sealed record FaceZones(bool[] Skin, bool[] Lips)
{
    /// <summary>At the face's edge a turn lets hair and background in.</summary>
    private const float WithinOval = 0.15f;
    private const float BeyondLips = 0.05f;

    /// <summary>The tip of the nose wanders over the lip when the head nods.</summary>
    private const float UnderNose = 0.02f;
    private const int NoseTip = 1;

    /// <summary>The cells of the lips and those that touch them.</summary>
    public int[] AboutLips { get; } = [.. Enumerable.Range(0, Lips.Length).Where(cell => LowerFace.Around(cell).ToArray().Any(near => Lips[near]))];

    public static FaceZones Of(ReadOnlySpan<Vector3> mesh)
    {
        var (origin, x, y) = FaceThumbnail.Axes(mesh);
        Matrix3x2.Invert(new(x.X, x.Y, y.X, y.Y, origin.X, origin.Y), out var toFace);
        var middle = Vector2.Transform(((mesh[13] + mesh[14]) / 2).AsVector2(), toFace);
        var oval = Outline(mesh, FaceLandmarks.LowerOval, toFace, middle, -WithinOval);
        var mouth = Outline(mesh, FaceLandmarks.OuterOutline, toFace, middle, BeyondLips);
        var nose = MathF.Max(
            Vector2.Transform(mesh[FaceLandmarks.NoseBase].AsVector2(), toFace).Y, Vector2.Transform(mesh[NoseTip].AsVector2(), toFace).Y);
        var (skin, lips) = (new bool[LowerFace.Cells], new bool[LowerFace.Cells]);
        for (var cell = 0; cell < skin.Length; cell++)
        {
            var place = LowerFace.CentreOf(cell);
            lips[cell] = Contains(mouth, place);
            skin[cell] = !lips[cell] && place.Y > nose + UnderNose && Contains(oval, place);
        }

        return new(skin, lips);
    }

    /// <summary>The outline, its points moved away from the middle.</summary>
    private static Vector2[] Outline(ReadOnlySpan<Vector3> mesh, ReadOnlySpan<int> points, Matrix3x2 toFace, Vector2 middle, float away)
    {
        var outline = new Vector2[points.Length];
        for (var i = 0; i < outline.Length; i++)
        {
            var offset = Vector2.Transform(mesh[points[i]].AsVector2(), toFace) - middle;
            var length = MathF.Max(1e-3f, offset.Length());
            outline[i] = middle + (MathF.Max(0, length + away) / length * offset);
        }

        return outline;
    }

    /// <summary>Whether a ray from the place crosses the outline an odd number of times.</summary>
    private static bool Contains(Vector2[] outline, Vector2 place)
    {
        var inside = false;
        for (var i = 0; i < outline.Length; i++)
        {
            var (a, b) = (outline[i], outline[(i + 1) % outline.Length]);
            if (a.Y > place.Y != b.Y > place.Y && place.X < a.X + ((b.X - a.X) * (place.Y - a.Y) / (b.Y - a.Y)))
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
