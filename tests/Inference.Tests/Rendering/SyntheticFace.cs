using System.Numerics;
using LipSync.Faces;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering;

/// <summary>A face mesh made of formulas, in eye distances, whose mouth and jaw move as told.</summary>
internal static class SyntheticFace
{
    public static Vector3[] Canonical(float opening = 0.01f, float width = 0.6f, float jaw = 0)
    {
        var mesh = new Vector3[FaceTracks.MeshPoints];
        for (var i = 0; i < mesh.Length; i++)
        {
            // A sunflower of points fills the face; landmarks take their own places below.
            var (radius, angle) = (MathF.Sqrt((i + 0.5f) / mesh.Length), i * 2.39996f);
            mesh[i] = new Vector3(0.72f * radius * MathF.Cos(angle), 0.27f + 0.9f * radius * MathF.Sin(angle), 0);
        }

        PlaceUpperFace(mesh);
        PlaceEye(mesh, FaceLandmarks.LeftEyeUpper, FaceLandmarks.LeftEyeLower, FaceLandmarks.LeftBrowLower, -0.34f);
        PlaceEye(mesh, FaceLandmarks.RightEyeUpper, FaceLandmarks.RightEyeLower, FaceLandmarks.RightBrowLower, 0.34f);
        for (var i = 0; i < FaceLandmarks.LowerOval.Length; i++)
        {
            var angle = MathF.PI * i / (FaceLandmarks.LowerOval.Length - 1);
            mesh[FaceLandmarks.LowerOval[i]] = new Vector3(-0.75f * MathF.Cos(angle), 0.3f + (0.9f + jaw) * MathF.Sin(angle), 0);
        }

        PlaceLips(mesh, opening, width);
        for (var i = 0; i < mesh.Length; i++)
        {
            mesh[i].Z = 0.6f * (mesh[i].X * mesh[i].X + 0.3f * mesh[i].Y * mesh[i].Y);
        }

        return mesh;
    }

    /// <summary>The mesh in a picture.</summary>
    public static Vector3[] InPicture(Vector3[] canonical, HeadPose pose) => Array.ConvertAll(canonical, pose.ToPicture);

    public static HeadPose Pose(float scale, float x, float y, float yaw = 0, float roll = 0)
    {
        var turn = Matrix4x4.CreateRotationY(yaw) * Matrix4x4.CreateRotationZ(roll);
        return new HeadPose(
            new Vector3(x, y, 0),
            scale * Vector3.TransformNormal(Vector3.UnitX, turn),
            scale * Vector3.TransformNormal(Vector3.UnitY, turn),
            scale * Vector3.TransformNormal(Vector3.UnitZ, turn));
    }

    private static void PlaceUpperFace(Vector3[] mesh)
    {
        foreach (var (point, x, y) in new (int, float, float)[]
        {
            (33, -0.5f, 0), (263, 0.5f, 0), (133, -0.18f, 0), (362, 0.18f, 0), (168, 0, 0.01f), (6, 0, 0.12f), (197, 0, 0.2f), (195, 0, 0.27f),
            (5, 0, 0.34f), (4, 0, 0.4f), (1, 0, 0.46f), (2, 0, 0.55f), (98, -0.13f, 0.5f), (327, 0.13f, 0.5f), (97, -0.06f, 0.53f), (326, 0.06f, 0.53f),
            (9, 0, -0.15f), (8, 0, -0.08f), (107, -0.1f, -0.2f), (336, 0.1f, -0.2f), (127, -0.76f, 0.05f), (356, 0.76f, 0.05f), (143, -0.6f, 0.04f),
            (372, 0.6f, 0.04f), (111, -0.5f, 0.2f), (340, 0.5f, 0.2f), (50, -0.45f, 0.33f), (280, 0.45f, 0.33f), (129, -0.2f, 0.45f), (358, 0.2f, 0.45f),
            (10, 0, -0.65f),
        })
        {
            mesh[point] = new Vector3(x, y, 0);
        }
    }

    private static void PlaceEye(Vector3[] mesh, ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, ReadOnlySpan<int> brow, float middle)
    {
        for (var i = 1; i < upper.Length - 1; i++)
        {
            var angle = MathF.PI * i / (upper.Length - 1);
            mesh[upper[i]] = new Vector3(middle - 0.16f * MathF.Cos(angle), -0.06f * MathF.Sin(angle), 0);
            mesh[lower[i]] = new Vector3(middle - 0.16f * MathF.Cos(angle), 0.06f * MathF.Sin(angle), 0);
        }

        for (var i = 0; i < brow.Length; i++)
        {
            mesh[brow[i]] = new Vector3(middle + 0.08f * (i - 2), -0.2f, 0);
        }
    }

    private static void PlaceLips(Vector3[] mesh, float opening, float width)
    {
        PlaceRow(mesh, FaceLandmarks.OuterUpper, width / 2, -0.07f - 0.17f * opening);
        PlaceRow(mesh, FaceLandmarks.OuterLower, width / 2, 0.09f + 0.83f * opening);
        PlaceRow(mesh, FaceLandmarks.InnerUpper, 0.9f * width / 2, -0.17f * opening);
        PlaceRow(mesh, FaceLandmarks.InnerLower, 0.9f * width / 2, 0.83f * opening);

        // The three places at which an opening is measured open alike.
        foreach (var (upper, lower) in new[] { (13, 14), (82, 87), (312, 317) })
        {
            mesh[upper].Y = 0.75f - 0.17f * opening;
            mesh[lower].Y = 0.75f + 0.83f * opening;
        }
    }

    private static void PlaceRow(Vector3[] mesh, ReadOnlySpan<int> row, float half, float height)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var angle = MathF.PI * i / (row.Length - 1);
            mesh[row[i]] = new Vector3(-half * MathF.Cos(angle), 0.75f + height * MathF.Sin(angle), 0);
        }
    }
}
