using System.Numerics;
using LipSync.Faces;
using LipSync.Faces.Tracking;
using LipSync.Rendering.Geometry;

namespace LipSync.Inspection;

/// <summary>The frame of a track in which its face is seen best: large, from the front, sharp, with open eyes, not cut off by the picture's edge.</summary>
/// <param name="Frame">Its number.</param>
/// <param name="Head">The head in it.</param>
/// <param name="Low">The mesh's upper left corner, in pixels.</param>
/// <param name="High">The mesh's lower right corner, in pixels.</param>
/// <param name="Score">The larger the better.</param>
internal readonly record struct BestLook(int Frame, FaceBox Head, Vector2 Low, Vector2 High, float Score)
{
    /// <summary>Height of an eye in its widths from which it counts as open.</summary>
    private const float OpenEye = 0.22f;

    /// <summary>What is left of the score with closed eyes, so that a face that never opens them is shown too.</summary>
    private const float ClosedEyes = 0.4f;

    /// <param name="mesh">In pixels of the frame.</param>
    /// <param name="thumbnail">The face's <see cref="FaceThumbnail"/>: fine enough to tell motion blur.</param>
    public static BestLook Of(int frame, ReadOnlySpan<Vector3> mesh, HeadPose pose, ReadOnlySpan<byte> thumbnail, NormalVideo info)
    {
        var (low, high) = FaceTracksFormat.Bounds(mesh);
        var front = MathF.Max(0, MathF.Cos(pose.Yaw) * MathF.Cos(pose.Pitch));
        var score = pose.Scale * front * front * MathF.Sqrt(Sharpness(thumbnail)) * Eyes(mesh)
            * Inside(low.X, high.X, info.Width) * Inside(low.Y, high.Y, info.Height);
        return new(frame, FaceBox.Around(mesh), low.AsVector2(), high.AsVector2(), score);
    }

    /// <summary>Mean difference of neighbouring cells' slopes in the luma.</summary>
    private static float Sharpness(ReadOnlySpan<byte> thumbnail)
    {
        var sum = 0;
        for (var row = 1; row < FaceThumbnail.Height - 1; row++)
        {
            for (var column = 1; column < FaceThumbnail.Width - 1; column++)
            {
                var cell = (row * FaceThumbnail.Width) + column;
                sum += Math.Abs((4 * thumbnail[cell]) - thumbnail[cell - 1] - thumbnail[cell + 1]
                    - thumbnail[cell - FaceThumbnail.Width] - thumbnail[cell + FaceThumbnail.Width]);
            }
        }

        return (float)sum / ((FaceThumbnail.Height - 2) * (FaceThumbnail.Width - 2));
    }

    private static float Eyes(ReadOnlySpan<Vector3> mesh)
    {
        var left = Openness(mesh, FaceLandmarks.LeftEyeUpper, FaceLandmarks.LeftEyeLower);
        var right = Openness(mesh, FaceLandmarks.RightEyeUpper, FaceLandmarks.RightEyeLower);
        return Math.Clamp((left + right) / 2 / OpenEye, ClosedEyes, 1);
    }

    /// <summary>Both rows run from corner to corner; the lids are furthest apart in their middle.</summary>
    private static float Openness(ReadOnlySpan<Vector3> mesh, ReadOnlySpan<int> upper, ReadOnlySpan<int> lower) =>
        Vector3.Distance(mesh[upper[upper.Length / 2]], mesh[lower[lower.Length / 2]]) / Vector3.Distance(mesh[upper[0]], mesh[upper[^1]]);

    /// <summary>The share of a side of the face that lies within the picture.</summary>
    private static float Inside(float low, float high, float length) =>
        Math.Clamp((MathF.Min(high, length) - MathF.Max(low, 0)) / (high - low), 0, 1);
}
