using System.Numerics;
using LipSync.Faces;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Speakers;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>The speaker as the face mesh finds him in each frame of a video.</summary>
/// <param name="Poses">Null where he is not seen.</param>
/// <param name="Openings">In distances between the outer eye corners; NaN where he is not seen.</param>
internal sealed record SeenFaces(HeadPose?[] Poses, float[] Openings)
{
    /// <param name="speaker">Whose mean face is the measure; null for that of the video itself.</param>
    public static SeenFaces Read(string faces, int frames, SpeakerModel? speaker, CancellationToken cancellationToken)
    {
        using var tracks = FaceTracks.Open(faces);
        var (poses, openings) = (new HeadPose?[frames], new float[frames]);
        Array.Fill(openings, float.NaN);
        if (tracks.Largest is not { } track || (speaker?.Mean ?? MeanFace.Of(Meshes, frames, cancellationToken)) is not { } mean)
        {
            return new(poses, openings);
        }

        var mesh = new Vector3[FaceTracks.MeshPoints];
        for (var frame = 0; frame < frames; frame++)
        {
            if (Meshes(frame, mesh))
            {
                var pose = PoseSolver.Solve(mean, mesh, FaceLandmarks.Stable);
                SpeakerModel.ToCanonical(pose, mesh, mesh);
                (poses[frame], openings[frame]) = (pose, MouthParameters.OpeningOf(mesh));
            }
        }

        return new(poses, openings);

        bool Meshes(int frame, Span<Vector3> mesh) => tracks.TryRead(track, frame, mesh);
    }
}
