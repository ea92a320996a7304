using System.Numerics;
using LipSync.Faces.Detection;

namespace LipSync.Faces;

/// <summary>A rotated square of the picture around a face: what the mesh network looks at.</summary>
/// <param name="X">Centre, in pixels.</param>
/// <param name="Y">Centre, in pixels, downwards.</param>
/// <param name="Size">Side in pixels.</param>
/// <param name="Angle">Clockwise turn of the head in radians; 0 is upright.</param>
internal readonly record struct FaceBox(float X, float Y, float Size, float Angle)
{
    /// <summary>From MediaPipe's face_detection_front_detection_to_roi: the long side of the found box, half as large again, turned by the eyes.</summary>
    public static FaceBox Around(FaceDetection found)
    {
        var eyes = found.LeftEye - found.RightEye;
        return new(
            found.Left + (found.Width / 2), found.Top + (found.Height / 2), 1.5f * MathF.Max(found.Width, found.Height), MathF.Atan2(eyes.Y, eyes.X));
    }

    /// <summary>
    /// From the upper face alone, so that the box doesn't breathe with the jaw. The frame of reference is three-dimensional, so that
    /// it doesn't shrink when the head turns or nods either.
    /// </summary>
    public static FaceBox Around(ReadOnlySpan<Vector3> mesh)
    {
        var across = mesh[263] - mesh[33];
        var eyes = across.Length();
        var brow = mesh[9];
        var noseBase = mesh[2];
        var centre = (mesh[33] + mesh[263] + brow + noseBase) / 4;
        var x = across / eyes;
        var down = noseBase - brow;
        down = Vector3.Normalize(down - (Vector3.Dot(down, x) * x));
        centre += CentreBelowUpperFace * eyes * down;
        return new(centre.X, centre.Y, SizePerEyeDistance * eyes, MathF.Atan2(across.Y, across.X));
    }

    // Means over frontal faces of the square that MediaPipe lays around the whole mesh, in distances between the outer eye corners.
    private const float CentreBelowUpperFace = 0.25f;
    private const float SizePerEyeDistance = 2.8f;

    /// <param name="share">0: <paramref name="from"/>, 1: <paramref name="to"/>.</param>
    public static FaceBox Between(FaceBox from, FaceBox to, float share) => new(
        float.Lerp(from.X, to.X, share), float.Lerp(from.Y, to.Y, share), float.Lerp(from.Size, to.Size, share), float.Lerp(from.Angle, to.Angle, share));

    /// <summary>Intersection over union with another box, both taken upright.</summary>
    public float Overlap(FaceBox other)
    {
        var half = (Size + other.Size) / 2;
        var width = MathF.Min(half - MathF.Abs(X - other.X), MathF.Min(Size, other.Size));
        var height = MathF.Min(half - MathF.Abs(Y - other.Y), MathF.Min(Size, other.Size));
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var both = width * height;
        return both / ((Size * Size) + (other.Size * other.Size) - both);
    }
}
