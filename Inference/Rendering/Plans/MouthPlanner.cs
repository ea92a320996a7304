using System.Numerics;
using LipSync.Basics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Speakers;
using LipSync.Speech;

namespace LipSync.Rendering.Plans;

/// <summary>Decides every output frame of the built-in renderer.</summary>
internal sealed class MouthPlanner(SpeakerModel speaker, IReadOnlyList<SourceFace> faces, ResidualReader residuals, FrameMap map)
{
    private readonly Vector2[] residual = new Vector2[FaceTracks.MeshPoints];
    private readonly Vector2[] shape = new Vector2[FaceTracks.MeshPoints];

    /// <summary>The speaker is shown by his own pictures: they must be gathered.</summary>
    public bool NeedsExemplars { get; } = SpeakingRange.HasOwnMouths(faces);

    /// <param name="exemplars">Empty where the inner mouth is to be painted.</param>
    public PlannedFrame[] Plan(MouthTrack track, IReadOnlyList<Exemplar> exemplars, CancellationToken cancellationToken)
    {
        var range = SpeakingRange.Of(faces.Where(face => face.Fitness > 0), own: exemplars.Count > 0);
        var loudest = SpeakingRange.Loudest(track);
        var strengths = Strengths.Of(faces, map);
        var frames = new PlannedFrame[map.OutputFrames];
        for (var i = 0; i < frames.Length; i++)
        {
            var pose = track[i];
            frames[i] = strengths[i] <= 0
                ? PlannedFrame.Untouched
                : new PlannedFrame(
                    strengths[i], range.Fit(pose with { Opening = pose.Opening / loudest }), pose.Labiodental, PlannedFrame.None, PlannedFrame.None, 0, pose.Closure, pose.Tongue);
        }

        if (exemplars.Count > 0)
        {
            ChooseExemplars(frames, exemplars, cancellationToken);
        }

        return frames;
    }

    private void ChooseExemplars(PlannedFrame[] frames, IReadOnlyList<Exemplar> exemplars, CancellationToken cancellationToken)
    {
        var selection = new ExemplarSelection(exemplars);

        // A blurred frame of the source is no reason to ask for a blurred mouth: the face about it may be sharp.
        var usualSharpness = Quantile.UpperMedian(exemplars.Select(exemplar => exemplar.Appearance.LogSharpness));
        for (var i = 0; i < frames.Length; i++)
        {
            var first = i;
            for (; i < frames.Length && frames[i].Strength > 0; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                selection.Add(Query(i, frames[i], exemplars, usualSharpness));
            }

            CrossFade.Show(selection.Take(), exemplars, frames.AsSpan(first, i - first));
        }
    }

    private MouthQuery Query(int outputFrame, PlannedFrame frame, IReadOnlyList<Exemplar> exemplars, float usualSharpness)
    {
        var source = map.SourceOf(outputFrame);
        residuals.Read(source, residual);
        TargetShape.Solve(speaker, residual, frame.Mouth, frame.Tuck, shape);
        var lips = Array.ConvertAll(Exemplar.LipPoints, point => shape[point]);
        var nearest = exemplars.MinBy(exemplar => Math.Abs(exemplar.SourceFrame - source))!;
        return new MouthQuery(
            lips, frame.Mouth, faces[source].Yaw, faces[source].Pitch, MathF.Max(nearest.Appearance.LogSharpness, usualSharpness));
    }
}
