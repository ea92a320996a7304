using System.Numerics;
using LipSync.Basics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Speakers;
using LipSync.Speech;

namespace LipSync.Rendering.Plans;

/// <summary>Decides every output frame of the built-in renderer.</summary>
internal sealed class MouthPlanner(SpeakerModel speaker, IReadOnlyList<SourceFace> faces, ResidualReader residuals, FrameMap map, int fps)
{
    private readonly Vector2[] residual = new Vector2[FaceTracks.MeshPoints];
    private readonly Vector2[] shape = new Vector2[FaceTracks.MeshPoints];

    /// <summary>The speaker is shown by his own pictures: they must be gathered.</summary>
    public bool NeedsExemplars { get; } = SpeakingRange.HasOwnMouths(faces);

    /// <param name="track">As this speaker's mouth makes it.</param>
    /// <param name="exemplars">Empty where the inner mouth is to be painted.</param>
    /// <param name="credence">0 … 1: how far what was heard at the exemplars is to be believed.</param>
    public PlannedFrame[] Plan(MouthTrack track, IReadOnlyList<Exemplar> exemplars, float credence, CancellationToken cancellationToken)
    {
        var range = SpeakingRange.Of(faces.Where(face => face.Fitness > 0), own: exemplars.Count > 0);
        var strengths = Strengths.Of(faces, map);
        var frames = new PlannedFrame[map.OutputFrames];
        for (var i = 0; i < frames.Length; i++)
        {
            var pose = track[i];
            frames[i] = strengths[i] <= 0
                ? PlannedFrame.Untouched
                : new PlannedFrame(strengths[i], range.Fit(pose), pose.Labiodental, PlannedFrame.None, PlannedFrame.None, 0, pose.Closure);
        }

        if (exemplars.Count > 0)
        {
            ChooseExemplars(frames, track, exemplars, credence, cancellationToken);
        }

        return frames;
    }

    private void ChooseExemplars(
        PlannedFrame[] frames, MouthTrack track, IReadOnlyList<Exemplar> exemplars, float credence, CancellationToken cancellationToken)
    {
        var selection = new ExemplarSelection(exemplars, new ExemplarCosts(exemplars, credence));
        var scenes = exemplars.Select(exemplar => exemplar.Face.Scene).ToHashSet();

        // A blurred frame of the source is no reason to ask for a blurred mouth: the face about it may be sharp.
        var usualSharpness = Quantile.UpperMedian(exemplars.Select(exemplar => exemplar.Appearance.LogSharpness));
        for (var i = 0; i < frames.Length; i++)
        {
            // A run ends with its scene: nothing is shown, nor faded, across a cut.
            var first = i;
            var scene = SceneOf(first);
            for (; i < frames.Length && frames[i].Strength > 0 && SceneOf(i) == scene && scenes.Contains(scene); i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                selection.Add(Query(i, frames[i], SaidMouth.Of(track, i, fps), exemplars, usualSharpness));
            }

            if (i > first)
            {
                CrossFade.Show(selection.Take(), exemplars, frames.AsSpan(first, i - first));
                i--;
            }
        }
    }

    private int SceneOf(int outputFrame) => faces[map.SourceOf(outputFrame)].Scene;

    private MouthQuery Query(int outputFrame, PlannedFrame frame, SaidMouth said, IReadOnlyList<Exemplar> exemplars, float usualSharpness)
    {
        var source = map.SourceOf(outputFrame);
        residuals.Read(source, residual);
        TargetShape.Solve(speaker, residual, frame.Mouth, frame.Tuck, shape);
        var lips = Array.ConvertAll(Exemplar.LipPoints, point => shape[point]);
        var nearest = exemplars.MinBy(exemplar => Math.Abs(exemplar.SourceFrame - source))!;
        var face = faces[source];
        return new MouthQuery(
            lips, frame.Mouth, said, face.Yaw, face.Pitch, MathF.Max(nearest.Appearance.LogSharpness, usualSharpness), face.Scene);
    }
}
