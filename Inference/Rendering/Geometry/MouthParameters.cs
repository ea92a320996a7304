using System.Numerics;

namespace LipSync.Rendering.Geometry;

/// <summary>A mouth in three numbers, in eye distances.</summary>
/// <param name="Opening">Gap between the inner lips, the mean of three places about the middle.</param>
/// <param name="Width">Distance between the mouth's corners.</param>
/// <param name="Jaw">How far the chin lies below the nose's base.</param>
internal readonly record struct MouthParameters(float Opening, float Width, float Jaw)
{
    /// <summary>Measures a canonical mesh.</summary>
    public static MouthParameters Of(ReadOnlySpan<Vector3> canonical) => new(
        (canonical[14].Y - canonical[13].Y + canonical[87].Y - canonical[82].Y + canonical[317].Y - canonical[312].Y) / 3,
        Vector3.Distance(canonical[FaceLandmarks.LeftCorner], canonical[FaceLandmarks.RightCorner]),
        canonical[FaceLandmarks.Chin].Y - canonical[FaceLandmarks.NoseBase].Y);

    public static MouthParameters operator -(MouthParameters a, MouthParameters b) => new(a.Opening - b.Opening, a.Width - b.Width, a.Jaw - b.Jaw);

    public static MouthParameters Lerp(MouthParameters a, MouthParameters b, float amount) => new(
        float.Lerp(a.Opening, b.Opening, amount), float.Lerp(a.Width, b.Width, amount), float.Lerp(a.Jaw, b.Jaw, amount));
}
