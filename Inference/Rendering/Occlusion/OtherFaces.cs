using System.Numerics;
using LipSync.Faces;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Occlusion;

/// <summary>The faces of others: a larger one is nearer and before the speaker's, a smaller one is beside or behind it.</summary>
internal sealed class OtherFaces(FaceTracks faces, Speaker speaker)
{
    /// <summary>The oval ends where the skin does; hair and ears are more, in eye distances of the speaker.</summary>
    private const float Beyond = 0.1f;

    /// <summary>Within this of the speaker's nose, in his eye distances, it is his own face, found twice.</summary>
    private const float Same = 0.3f;

    // Who is nearer is decided once: of two faces side by side now the one and now the other measures larger.
    private readonly (FaceTrack Track, bool Nearer)[] others =
        [.. faces.Tracks.Where(track => !speaker.Tracks.Contains(track)).Select(track => (track, track.MeanArea > speaker.Tracks.Max(own => own.MeanArea)))];
    private readonly Vector3[] mesh = new Vector3[FaceTracks.MeshPoints];

    /// <summary>Adds the cells of the speaker's <see cref="LowerFace"/> in which another face is seen; false where there are none.</summary>
    /// <param name="own">The speaker's mesh in this frame.</param>
    public bool Cover(int frame, ReadOnlySpan<Vector3> own, bool[] covered)
    {
        var any = false;
        foreach (var (track, nearer) in others)
        {
            if (faces.TryRead(track, frame, mesh) && !IsSame(own, mesh))
            {
                any |= Cover(own, mesh, nearer, covered);
            }
        }

        return any;
    }

    private static bool Cover(ReadOnlySpan<Vector3> own, ReadOnlySpan<Vector3> other, bool nearer, bool[] covered)
    {
        var toFace = FacePolygon.AxesOf(own);
        var theirs = Oval(other, toFace, Beyond);
        var mine = Oval(own, toFace, 0);
        var any = false;
        for (var cell = 0; cell < covered.Length; cell++)
        {
            var place = LowerFace.CentreOf(cell);
            if (theirs.Contains(place) && (nearer || !mine.Contains(place)))
            {
                any = covered[cell] = true;
            }
        }

        return any;
    }

    private static bool IsSame(ReadOnlySpan<Vector3> own, ReadOnlySpan<Vector3> other) =>
        Vector2.Distance(own[FaceLandmarks.NoseBase].AsVector2(), other[FaceLandmarks.NoseBase].AsVector2()) < Same * EyeDistance(own);

    private static FacePolygon Oval(ReadOnlySpan<Vector3> face, Matrix3x2 toFace, float beyond) =>
        FacePolygon.Of(face, FaceLandmarks.Oval, toFace, Vector2.Transform(face[FaceLandmarks.NoseBase].AsVector2(), toFace), beyond);

    private static float EyeDistance(ReadOnlySpan<Vector3> face) => Vector3.Distance(face[FaceLandmarks.LeftEye], face[FaceLandmarks.RightEye]);
}
