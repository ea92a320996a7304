using System.Numerics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Models;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Speakers;

namespace LipSync.Reports;

/// <summary>Where a plan expects the speaker's mesh in an output frame; false where it expects none.</summary>
internal delegate bool ExpectedFace(int outputFrame, Span<Vector3> mesh);

/// <summary>A mouth found in a picture.</summary>
/// <param name="Pose">Where the head is.</param>
internal readonly record struct SeenMouth(MouthParameters Mouth, HeadPose Pose);

/// <summary>
/// Finds the speaker's mouth anew in a finished video, with the same finder as the source's, and measures it in the same
/// coordinates as the plan: eye distances of the speaker's mean face.
/// </summary>
/// <param name="meanFace">The speaker's mean mesh in canonical coordinates.</param>
internal sealed class OutputMouths(ModelCatalog models, Vector3[] meanFace)
{
    /// <summary>Overlap of boxes from which a face is where the speaker is expected.</summary>
    private const float SamePlace = 0.3f;

    /// <summary>Measures <paramref name="count"/> frames in a row; null for each in which the speaker is not seen.</summary>
    /// <param name="info">What the video holds.</param>
    /// <param name="expected">Tells the speaker from other faces; null: the largest face.</param>
    /// <param name="onFrame">Sees every frame as it is read; the frame is valid during the call only.</param>
    /// <param name="scratch">A path beside which a temporary file may lie.</param>
    public async Task<SeenMouth?[]> Measure(
        string video, NormalVideo info, int first, int count, ExpectedFace? expected, Action<int, YuvFrame>? onFrame, string scratch, CancellationToken cancellationToken)
    {
        await using var reader = FrameReader.Open(video, info, first, count);
        var next = first;
        async ValueTask<bool> Read(YuvFrame frame, CancellationToken stop)
        {
            var more = await reader.Read(frame, stop);
            if (more)
            {
                onFrame?.Invoke(next++, frame);
            }

            return more;
        }

        await new FaceTracker(models).Track(Read, info, scratch, cancellationToken);
        using var faces = FaceTracks.Open(scratch);
        var mouths = new SeenMouth?[count];
        var mesh = new Vector3[FaceTracks.MeshPoints];
        for (var i = 0; i < count; i++)
        {
            var speaker = expected is null ? faces.Largest : SpeakerAt(i, first + i, faces, expected, mesh);
            if (speaker is not null && faces.TryRead(speaker, i, mesh))
            {
                mouths[i] = Measure(mesh);
            }
        }

        return mouths;
    }

    /// <summary>The face that lies where the speaker is expected; null where none does.</summary>
    private static FaceTrack? SpeakerAt(int frame, int outputFrame, FaceTracks faces, ExpectedFace expected, Span<Vector3> mesh)
    {
        if (!expected(outputFrame, mesh))
        {
            return null;
        }

        var wanted = FaceBox.Around(mesh);
        var (nearest, best) = (default(FaceTrack), SamePlace);
        foreach (var track in faces.Tracks)
        {
            if (faces.TryRead(track, frame, mesh) && FaceBox.Around(mesh).Overlap(wanted) is var overlap && overlap > best)
            {
                (nearest, best) = (track, overlap);
            }
        }

        return nearest;
    }

    private SeenMouth Measure(Span<Vector3> mesh)
    {
        var pose = PoseSolver.Solve(meanFace, mesh, FaceLandmarks.Stable);
        SpeakerModel.ToCanonical(pose, mesh, mesh);
        return new(MouthParameters.Of(mesh), pose);
    }
}
