using System.Numerics;
using LipSync.Media;
using LipSync.Models;

namespace LipSync.Faces;

/// <summary>MediaPipe Face Mesh: the 468 points of one face inside a box. Not thread-safe.</summary>
internal sealed class FaceMesh(ModelCatalog models) : IDisposable
{
    private const int Side = 192;

    private readonly ModelSession session = models.Open(ModelCatalog.FaceLandmarks);
    private readonly FaceCrop crop = new(Side);

    /// <summary>
    /// Fills the mesh in pixels of the frame, pixel centres at integers, z in the same scale, smaller is nearer.
    /// Answers how surely the box holds a face, 0 … 1; under 0.5 the mesh means nothing.
    /// </summary>
    public float Fit(YuvFrame frame, FaceBox box, Span<Vector3> mesh)
    {
        session.Run(crop.Cut(frame, box), Side);
        var points = session.Output(FaceTracks.MeshPoints * 3);
        var (sin, cos) = MathF.SinCos(box.Angle);
        var scale = box.Size / Side;
        for (var i = 0; i < mesh.Length; i++)
        {
            // The network speaks of pixel edges (0 … 192), frames of pixel centres; about the box's centre the two agree.
            var x = (points[3 * i] - (Side / 2f)) * scale;
            var y = (points[(3 * i) + 1] - (Side / 2f)) * scale;
            mesh[i] = new(box.X + (cos * x) - (sin * y), box.Y + (sin * x) + (cos * y), points[(3 * i) + 2] * scale);
        }

        return 1 / (1 + MathF.Exp(-session.Output(1)[0]));
    }

    public void Dispose()
    {
        session.Dispose();
        crop.Dispose();
    }
}
