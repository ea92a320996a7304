using System.Numerics;
using LipSync.Basics;
using LipSync.Faces;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Speakers;
using LipSync.Reports;

namespace LipSync.Rendering.Plans;

/// <summary>The speaker in one source frame, in a few numbers.</summary>
/// <param name="Fitness">0 unusable, 1 good: turned away and tiny faces are left alone, and mouths that something covers.</param>
/// <param name="IsCovered">Something is before the mouth or beside it.</param>
internal readonly record struct SourceFace(MouthParameters Mouth, float Yaw, float Pitch, float Fitness, bool IsCovered = false)
{
    /// <summary>The mesh understates turns by a fifth: heads are turned by 35 and 42 degrees here.</summary>
    private const float GoodYaw = 0.48f;
    private const float UselessYaw = 0.58f;

    /// <summary>From here on what looks strange is the turn itself.</summary>
    private const float Sideways = 0.35f;
    private const float GoodPitch = 0.55f;
    private const float UselessPitch = 0.7f;
    private const float GoodScale = 20;
    private const float UselessScale = 16;
    private const float ShowableFitness = 0.9f;

    /// <summary>Half of a lip drawn and the other half left alone would be torn: the mouth is drawn where next to nothing of the lips is hidden.</summary>
    private const float LittleHidden = 0.08f;
    private const float MostlyHidden = 0.25f;

    /// <summary>Good enough to be shown in other frames than its own.</summary>
    public bool IsShowable => Fitness >= ShowableFitness && !IsCovered;

    /// <summary>The mouth is where the mesh says.</summary>
    public bool IsClear => Fitness > 0 && !IsCovered;

    /// <summary>Why it is not fit.</summary>
    public FaceReason Weakness => this switch
    {
        _ when MathF.Abs(Yaw) >= Sideways || MathF.Abs(Pitch) > GoodPitch => FaceReason.TurnedAway,
        { IsCovered: true } => FaceReason.Covered,
        _ => FaceReason.TooSmall,
    };

    /// <summary>The face with something before it.</summary>
    /// <param name="hidden">Share of the lips.</param>
    public SourceFace Behind(float hidden) => this with { Fitness = Fitness * (1 - Hermite.SmoothStep(LittleHidden, MostlyHidden, hidden)), IsCovered = true };

    public static SourceFace Of(HeadPose pose, ReadOnlySpan<Vector3> canonical) => new(
        MouthParameters.Of(canonical),
        pose.Yaw,
        pose.Pitch,
        FitnessOf(pose));

    /// <summary>What the pose alone says of it.</summary>
    public static float FitnessOf(HeadPose pose) =>
        (1 - Hermite.SmoothStep(GoodYaw, UselessYaw, MathF.Abs(pose.Yaw)))
            * (1 - Hermite.SmoothStep(GoodPitch, UselessPitch, MathF.Abs(pose.Pitch)))
            * Hermite.SmoothStep(UselessScale, GoodScale, pose.Scale);
}

/// <summary>The speaker in every source frame; a default face where he is not seen.</summary>
internal static class SourceFaces
{
    /// <summary>Measures all frames and writes their residuals.</summary>
    public static SourceFace[] Measure(
        SpeakerModel speaker, MeshReader meshes, int frames, Scenes scenes, ResidualWriter residuals, CancellationToken cancellationToken)
    {
        var faces = new SourceFace[frames];
        var mesh = new Vector3[FaceTracks.MeshPoints];
        for (var frame = 0; frame < frames; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (frame > 0 && scenes.Of(frame) != scenes.Of(frame - 1))
            {
                residuals.EndRun();
            }

            if (!meshes(frame, mesh))
            {
                residuals.WriteGap();
                continue;
            }

            var pose = speaker.PoseOf(mesh);
            SpeakerModel.ToCanonical(pose, mesh, mesh);
            faces[frame] = SourceFace.Of(pose, mesh);
            residuals.Write(frame, mesh, faces[frame].Mouth);
        }

        residuals.EndRun();
        return faces;
    }
}
