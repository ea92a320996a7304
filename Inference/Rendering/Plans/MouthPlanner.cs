using System.Numerics;
using LipSync.Basics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Speakers;
using LipSync.Speech;

namespace LipSync.Rendering.Plans;

/// <summary>Decides every output frame of the built-in renderer, one scene of the source after the other.</summary>
internal sealed class MouthPlanner
{
    private readonly SpeakerModel speaker;
    private readonly IReadOnlyList<SourceFace> faces;
    private readonly ResidualReader residuals;
    private readonly FrameMap map;
    private readonly SaidMouths said;
    private readonly EngineParts parts;
    private readonly MouthPose[] poses;
    private readonly int fps;
    private readonly SpeakingRange ownRange;
    private readonly SpeakingRange paintedRange;
    private readonly float[] strengths;
    private readonly ILookup<int, int> framesOfScene;
    private readonly Vector2[] residual = new Vector2[FaceTracks.MeshPoints];
    private readonly Vector2[] shape = new Vector2[FaceTracks.MeshPoints];

    public MouthPlanner(SpeakerModel speaker, IReadOnlyList<SourceFace> faces, Scenes scenes, ResidualReader residuals, RenderSource source, SaidMouths said, EngineParts parts)
    {
        (this.speaker, this.faces, this.residuals, this.said, this.parts, map) = (speaker, faces, residuals, said, parts, source.Map);
        var seen = ClearOf(faces);
        var talking = ClearOf(Enumerable.Range(0, scenes.Count).Select(scene => scenes.Frames(scene, faces.Count))
            .Where(frames => NeedsExemplars(frames.First, frames.End)).SelectMany(frames => faces.Take(frames.First..frames.End)));
        ownRange = SpeakingRange.Of(talking.Count > 0 ? talking : seen, own: true);
        paintedRange = SpeakingRange.Of(seen, own: false);
        fps = source.Info.Fps;
        poses = parts.HasFlag(EngineParts.Inertia)
            ? LipInertia.Of(said.Wanted, map.OutputFrames, fps)
            : [.. Enumerable.Range(0, map.OutputFrames).Select(frame => said.Wanted[frame])];
        strengths = Strengths.Of(faces, scenes, map, fps);
        framesOfScene = Enumerable.Range(0, map.OutputFrames).Where(frame => strengths[frame] > 0)
            .ToLookup(frame => scenes.Of(map.SourceOf(frame)));
        Frames = new PlannedFrame[map.OutputFrames];
        Array.Fill(Frames, PlannedFrame.Untouched);
    }

    /// <summary>What has been planned so far; untouched where nothing is drawn.</summary>
    public PlannedFrame[] Frames { get; }

    /// <summary>In these source frames the speaker is shown by his own pictures: they must be gathered.</summary>
    public bool NeedsExemplars(int first, int end) => SpeakingRange.HasOwnMouths(faces.Take(first..end));

    /// <summary>Plans the output frames that show a scene of the source, and answers their numbers.</summary>
    /// <param name="exemplars">Of this scene; empty where the inner mouth is to be painted.</param>
    public IReadOnlyList<int> Plan(int scene, IReadOnlyList<Exemplar> exemplars, CancellationToken cancellationToken)
    {
        var range = exemplars.Count > 0 ? ownRange : paintedRange;
        var outputs = framesOfScene[scene].ToList();
        foreach (var i in outputs)
        {
            var pose = poses[i];
            Frames[i] = new PlannedFrame(
                strengths[i], range.Fit(pose), pose.Labiodental, PlannedFrame.None, PlannedFrame.None, 0, pose.Closure, pose.Tongue);
        }

        if (exemplars.Count > 0)
        {
            ChooseExemplars(outputs, exemplars, cancellationToken);
        }

        return outputs;
    }

    /// <summary>Faces whose mouths are seen well; where none is, what is seen at all.</summary>
    private static List<SourceFace> ClearOf(IEnumerable<SourceFace> faces)
    {
        var seen = faces.Where(face => face.Fitness > 0).ToList();
        return seen.Exists(face => face.IsClear) ? seen.FindAll(face => face.IsClear) : seen;
    }

    private void ChooseExemplars(List<int> outputs, IReadOnlyList<Exemplar> exemplars, CancellationToken cancellationToken)
    {
        var selection = new ExemplarSelection(exemplars, new ExemplarCosts(exemplars, parts.HasFlag(EngineParts.SoundTerm) ? said.Credence : 0, fps));

        // A blurred frame of the source is no reason to ask for a blurred mouth: the face about it may be sharp.
        var usualSharpness = Quantile.UpperMedian(exemplars.Select(exemplar => exemplar.Appearance.LogSharpness));
        for (var i = 0; i < outputs.Count;)
        {
            var first = outputs[i];
            var next = first;
            for (; i < outputs.Count && outputs[i] == next; i++, next++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                selection.Add(Query(next, Frames[next], exemplars, usualSharpness));
            }

            Show(selection.Take(), exemplars, Frames.AsSpan(first, next - first));
        }
    }

    private void Show(int[] path, IReadOnlyList<Exemplar> exemplars, Span<PlannedFrame> frames)
    {
        for (var i = 0; i < path.Length; i++)
        {
            frames[i] = frames[i] with { Exemplar = path[i] };
        }

        if (parts.HasFlag(EngineParts.CrossFade))
        {
            CrossFade.Soften(path, exemplars, fps, frames);
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
            lips, frame.Mouth, said.InOutput(outputFrame), faces[source].Yaw, faces[source].Pitch, MathF.Max(nearest.Appearance.LogSharpness, usualSharpness));
    }
}
