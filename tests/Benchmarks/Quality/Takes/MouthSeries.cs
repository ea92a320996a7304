using System.Numerics;
using LipSync.Faces;
using LipSync.Rendering;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Speakers;
using LipSync.Reports;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>Mouths frame by frame.</summary>
internal static class MouthSeries
{
    /// <summary>Openings in eye distances; NaN where the mouth is not seen.</summary>
    public static float[] Openings(this SeenMouth?[] mouths) => [.. mouths.Select(mouth => mouth?.Mouth.Opening ?? float.NaN)];

    /// <summary>Openings in eye distances; NaN where the mouth is not fully drawn.</summary>
    public static float[] Openings(this PlannedMouths plan) => [.. plan.Frames.Select(frame => frame.IsDrawn ? frame.Opening : float.NaN)];

    /// <summary>The mouths of a video in which a face is tracked, measured by its own mean face.</summary>
    public static (SeenMouth?[] Mouths, Vector3[] MeanFace) Read(string faces, int frames, CancellationToken cancellationToken)
    {
        using var tracks = FaceTracks.Open(faces);
        var mouths = new SeenMouth?[frames];
        var speaker = tracks.Largest!;
        var mean = MeanFace.Of(Meshes, frames, cancellationToken)!;
        var mesh = new Vector3[FaceTracks.MeshPoints];
        for (var frame = 0; frame < frames; frame++)
        {
            if (Meshes(frame, mesh))
            {
                var pose = PoseSolver.Solve(mean, mesh, FaceLandmarks.Stable);
                SpeakerModel.ToCanonical(pose, mesh, mesh);
                mouths[frame] = new(MouthParameters.Of(mesh), pose);
            }
        }

        return (mouths, mean);

        bool Meshes(int frame, Span<Vector3> mesh) => tracks.TryRead(speaker, frame, mesh);
    }
}
