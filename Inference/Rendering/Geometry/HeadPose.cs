using System.Numerics;

namespace LipSync.Rendering.Geometry;

/// <summary>
/// Where a head is: a 3D similarity from canonical coordinates (eye distance 1, x to the picture's right, y down the face,
/// z into the head) to the picture's pixels.
/// </summary>
/// <param name="Origin">Picture position of the canonical origin.</param>
/// <param name="AxisX">Canonical x in pixels; its length is the scale.</param>
internal readonly record struct HeadPose(Vector3 Origin, Vector3 AxisX, Vector3 AxisY, Vector3 AxisZ)
{
    /// <summary>Pixels per canonical unit: the distance between the outer eye corners.</summary>
    public float Scale => AxisX.Length();

    /// <summary>Radians the head is turned sideways.</summary>
    public float Yaw => MathF.Atan2(AxisZ.X, AxisZ.Z);

    /// <summary>Radians the head is nodded.</summary>
    public float Pitch => MathF.Atan2(AxisZ.Y, AxisZ.Z);

    public Vector3 ToPicture(Vector3 canonical) => Origin + canonical.X * AxisX + canonical.Y * AxisY + canonical.Z * AxisZ;

    /// <summary>A canonical displacement within the face's plane, in pixels.</summary>
    public Vector2 Displacement(Vector2 canonical) =>
        new(canonical.X * AxisX.X + canonical.Y * AxisY.X, canonical.X * AxisX.Y + canonical.Y * AxisY.Y);

    /// <summary>A canonical displacement, in pixels.</summary>
    public Vector2 Displacement(Vector3 canonical) => (canonical.X * AxisX + canonical.Y * AxisY + canonical.Z * AxisZ).AsVector2();

    public Vector3 ToCanonical(Vector3 picture)
    {
        var offset = picture - Origin;
        return new Vector3(Vector3.Dot(offset, AxisX), Vector3.Dot(offset, AxisY), Vector3.Dot(offset, AxisZ)) / AxisX.LengthSquared();
    }
}
