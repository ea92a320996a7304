using System.Numerics;
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

    /// <summary>Whether anything of the face is covered, not only what is beside it.</summary>
    public bool Touch(bool[] covered) => Enumerable.Range(0, covered.Length).Any(cell => covered[cell] && (Skin[cell] || Lips[cell]));

    /// <summary>Share of the lips that is covered.</summary>
    public float ShareOfLips(bool[] covered) => Lips.Zip(covered).Count(cell => cell.First && cell.Second) / (float)Math.Max(1, Lips.Count(lips => lips));

    public static FaceZones Of(ReadOnlySpan<Vector3> mesh)
    {
        var toFace = FacePolygon.AxesOf(mesh);
        var middle = Vector2.Transform(((mesh[13] + mesh[14]) / 2).AsVector2(), toFace);
        var oval = FacePolygon.Of(mesh, FaceLandmarks.LowerOval, toFace, middle, -WithinOval);
        var mouth = FacePolygon.Of(mesh, FaceLandmarks.OuterOutline, toFace, middle, BeyondLips);
        var nose = MathF.Max(
            Vector2.Transform(mesh[FaceLandmarks.NoseBase].AsVector2(), toFace).Y, Vector2.Transform(mesh[NoseTip].AsVector2(), toFace).Y);
        var (skin, lips) = (new bool[LowerFace.Cells], new bool[LowerFace.Cells]);
        for (var cell = 0; cell < skin.Length; cell++)
        {
            var place = LowerFace.CentreOf(cell);
            lips[cell] = mouth.Contains(place);
            skin[cell] = !lips[cell] && place.Y > nose + UnderNose && oval.Contains(place);
        }

        return new(skin, lips);
    }
}
