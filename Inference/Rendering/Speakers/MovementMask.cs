using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Speakers;

/// <summary>How much of a mouth's movement each mesh point follows: all of it at the lips and the chin, none from the nose up.</summary>
internal static class MovementMask
{
    private const float SideBegin = 0.35f;
    private const float SideEnd = 0.70f;

    public static float[] Of(ReadOnlySpan<Vector3> mean)
    {
        var mask = new float[mean.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = At(mean, mean[i].AsVector2());
        }

        return mask;
    }

    /// <summary>Fades from the upper lip to the nose's base, and sideways above the chin.</summary>
    private static float At(ReadOnlySpan<Vector3> mean, Vector2 point)
    {
        var mouth = (mean[13].Y + mean[14].Y) / 2;
        var up = Hermite.SmoothStep(mean[FaceLandmarks.NoseBase].Y - 0.02f, mean[0].Y, point.Y);
        var low = Hermite.SmoothStep(mouth, mean[FaceLandmarks.Chin].Y - 0.1f, point.Y);
        return up * float.Lerp(Side(point.X - mean[0].X), 1, low);
    }

    /// <summary>1 within the mouth's width, 0 on the cheeks.</summary>
    public static float Side(float offset) => 1 - Hermite.SmoothStep(SideBegin, SideEnd, MathF.Abs(offset));
}
