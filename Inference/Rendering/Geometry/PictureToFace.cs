using System.Numerics;

namespace LipSync.Rendering.Geometry;

/// <summary>From pixels to canonical coordinates within the plane of the mouth.</summary>
/// <param name="anchor">A canonical point of that plane.</param>
/// <param name="anchorInPicture">The same in pixels.</param>
internal readonly struct PictureToFace(HeadPose pose, Vector2 anchor, Vector2 anchorInPicture)
{
    private readonly float determinant = pose.AxisX.X * pose.AxisY.Y - pose.AxisX.Y * pose.AxisY.X;

    /// <summary>Canonical change for one pixel to the right.</summary>
    public Vector2 PerX => new Vector2(pose.AxisY.Y, -pose.AxisX.Y) / determinant;

    /// <summary>Canonical change for one pixel down.</summary>
    public Vector2 PerY => new Vector2(-pose.AxisY.X, pose.AxisX.X) / determinant;

    public Vector2 At(Vector2 position)
    {
        var offset = position - anchorInPicture;
        return anchor + offset.X * PerX + offset.Y * PerY;
    }
}
