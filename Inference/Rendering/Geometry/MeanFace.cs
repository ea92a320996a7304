using System.Numerics;
using LipSync.Faces;

namespace LipSync.Rendering.Geometry;

/// <summary>Reads the mesh of a source frame; false where the speaker is not seen.</summary>
internal delegate bool MeshReader(int frame, Span<Vector3> mesh);

/// <summary>The speaker's mean mesh in canonical coordinates: the eyes' middle at the origin, eye distance 1.</summary>
internal static class MeanFace
{
    private const int Rounds = 2;

    /// <summary>Aligns every mesh to the mean, twice over: the mean begins as the first mesh. Null where no frame has a face.</summary>
    public static Vector3[]? Of(MeshReader meshes, int frames, CancellationToken cancellationToken)
    {
        var mesh = new Vector3[FaceTracks.MeshPoints];
        Vector3[]? mean = null;
        for (var round = 0; round < Rounds; round++)
        {
            var sum = new Vector3[FaceTracks.MeshPoints];
            for (var frame = 0; frame < frames; frame++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!meshes(frame, mesh))
                {
                    continue;
                }

                mean ??= Canonical(mesh);
                var pose = PoseSolver.Solve(mean, mesh, FaceLandmarks.Stable);
                for (var i = 0; i < sum.Length; i++)
                {
                    sum[i] += pose.ToCanonical(mesh[i]);
                }
            }

            if (mean is null)
            {
                return null;
            }

            mean = Canonical(sum);
        }

        return mean;
    }

    /// <summary>The same shape with the axes laid along the eyes and down the face.</summary>
    private static Vector3[] Canonical(ReadOnlySpan<Vector3> mesh)
    {
        var eyes = mesh[FaceLandmarks.RightEye] - mesh[FaceLandmarks.LeftEye];
        var x = Vector3.Normalize(eyes);
        var down = mesh[FaceLandmarks.Chin] - mesh[FaceLandmarks.Forehead];
        var y = Vector3.Normalize(down - Vector3.Dot(down, x) * x);
        var scale = eyes.Length();
        var middle = (mesh[FaceLandmarks.RightEye] + mesh[FaceLandmarks.LeftEye]) / 2;
        var pose = new HeadPose(middle, scale * x, scale * y, scale * Vector3.Cross(x, y));
        var canonical = new Vector3[mesh.Length];
        for (var i = 0; i < canonical.Length; i++)
        {
            canonical[i] = pose.ToCanonical(mesh[i]);
        }

        return canonical;
    }
}
