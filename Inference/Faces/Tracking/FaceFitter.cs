using System.Numerics;
using LipSync.Media;
using LipSync.Models;

namespace LipSync.Faces.Tracking;

/// <summary>One worker of the second pass: the mesh inside a box, and a thumbnail of what it lies on. Not thread-safe.</summary>
internal sealed class FaceFitter(ModelCatalog models) : IDisposable
{
    /// <summary>The least score of a mesh to be believed.</summary>
    public const float MinScore = 0.5f;

    private readonly FaceMesh mesh = new(models);
    private readonly FaceThumbnail thumbnail = new();

    /// <summary>False where the box holds no face.</summary>
    public bool Fit(YuvFrame frame, FaceBox box, Span<Vector3> target, Span<byte> picture)
    {
        if (mesh.Fit(frame, box, target) < MinScore)
        {
            return false;
        }

        thumbnail.Cut(frame, target, picture);
        return true;
    }

    public void Dispose()
    {
        mesh.Dispose();
        thumbnail.Dispose();
    }
}
