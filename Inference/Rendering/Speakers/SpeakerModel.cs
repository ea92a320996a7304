using System.Numerics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Speakers;

/// <summary>What is the same in all frames of one speaker: his mean face and how it moves.</summary>
/// <param name="Mean">Canonical mesh.</param>
internal sealed record SpeakerModel(Vector3[] Mean, ShapeBasis Basis)
{
    public MouthParameters MeanParameters { get; } = MouthParameters.Of(Mean);

    /// <summary>How much of a movement each point follows, 0 … 1.</summary>
    public float[] Mask { get; } = MovementMask.Of(Mean);

    public HeadPose PoseOf(ReadOnlySpan<Vector3> mesh) => PoseSolver.Solve(Mean, mesh, FaceLandmarks.Stable);

    /// <summary>Learns the speaker from all frames in which he is seen; null where he never is.</summary>
    public static SpeakerModel? Learn(MeshReader meshes, int frames, CancellationToken cancellationToken)
    {
        if (MeanFace.Of(meshes, frames, cancellationToken) is not { } mean)
        {
            return null;
        }

        var regression = new ShapeRegression(mean);
        var mesh = new Vector3[mean.Length];
        for (var frame = 0; frame < frames; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (meshes(frame, mesh))
            {
                ToCanonical(PoseSolver.Solve(mean, mesh, FaceLandmarks.Stable), mesh, mesh);
                regression.Add(mesh);
            }
        }

        return new SpeakerModel(mean, regression.Solve());
    }

    /// <summary>Canonical height at which the lips of a canonical mesh meet when they close.</summary>
    public float ClosedSeam(ReadOnlySpan<Vector3> canonical)
    {
        var opening = MouthParameters.OpeningOf(canonical);
        return (canonical[13].Y + canonical[14].Y - opening * (Basis.Opening[13].Y + Basis.Opening[14].Y)) / 2;
    }

    /// <summary>In place is allowed.</summary>
    public static void ToCanonical(HeadPose pose, ReadOnlySpan<Vector3> mesh, Span<Vector3> canonical)
    {
        for (var i = 0; i < mesh.Length; i++)
        {
            canonical[i] = pose.ToCanonical(mesh[i]);
        }
    }
}
