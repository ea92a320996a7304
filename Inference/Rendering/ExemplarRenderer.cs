using System.Numerics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Life;
using LipSync.Rendering.Occlusion;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;

namespace LipSync.Rendering;

/// <summary>
/// The built-in renderer: mouths from the speaker's own pixels, no weights. A frame's lips and jaw are bent to the wanted shape;
/// the speaker's own mouth of that shape, from elsewhere in the video, is laid over; who never opens his mouth gets a painted inside.
/// </summary>
public sealed class ExemplarRenderer : ILipSyncRenderer
{
    private readonly EngineParts parts;

    public ExemplarRenderer()
        : this(EngineParts.All)
    {
    }

    internal ExemplarRenderer(EngineParts parts) => this.parts = parts;

    public string Name => "exemplar";

    public async Task<PlanSummary?> Plan(RenderSource source, FileStream output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        bool Meshes(int frame, Span<Vector3> mesh) => source.Faces.TryRead(source.Speaker, frame, mesh);

        var (frameCount, scenes) = (source.Info.Frames, source.Faces.Scenes);
        if (SpeakerModel.Learn(Meshes, frameCount, cancellationToken) is not { } speaker)
        {
            return null;
        }

        using var writer = new MouthPlanWriter(output);
        writer.WriteSpeaker([.. source.Speaker.Tracks.Select(track => track.Id)], speaker);
        var residualsAt = output.Position;
        var faces = SourceFaces.Measure(
            speaker, Meshes, frameCount, scenes, new ResidualWriter(speaker, output, source.Info.Fps), cancellationToken);
        var covers = CoverFinder.Find(
            Meshes,
            (frame, thumbnail) => source.Faces.TryReadThumbnail(source.Speaker, frame, thumbnail),
            new OtherFaces(source.Faces, source.Speaker),
            faces, scenes, source.Info.Fps, cancellationToken);
        if (!faces.Any(face => face.Fitness > 0))
        {
            return null;
        }

        await output.FlushAsync(cancellationToken);
        var said = SaidMouths.Of(source, faces, parts);
        var planner = new MouthPlanner(speaker, faces, scenes, new ResidualReader(speaker, output.SafeFileHandle, residualsAt), source, said, parts);
        var library = new ExemplarLibrary(speaker, Meshes, said);
        var statistics = new ExemplarStatistics();
        for (var scene = 0; scene < scenes.Count; scene++)
        {
            var (first, end) = scenes.Frames(scene, frameCount);
            var exemplars = planner.NeedsExemplars(first, end)
                ? await library.Gather(source.Video, source.Info, faces, first, end, progress, cancellationToken)
                : [];
            var shown = planner.Plan(scene, exemplars, cancellationToken);
            statistics.Add(planner.Frames, shown, exemplars);
            writer.WriteExemplars(planner.Frames, shown, exemplars);
        }

        var frames = planner.Frames;
        var painted = Enumerable.Range(0, frames.Length).Where(frame => frames[frame].IsPainted).Select(source.Map.SourceOf).Distinct().Order().ToList();
        var seam = await LipSeamFinder.Find(speaker, Meshes, faces, painted, source.Video, source.Info, cancellationToken);

        // A head that moves would take along whoever is before it.
        var lives = frameCount == 1 && source.Request.Motion && covers.Count == 0;
        writer.WriteFrames(frames, seam, covers, lives ? LifePlan.Of(source.Speech, frames.Length, source.Info.Fps, source.Request.Seed) : []);
        return new(frames.Count(frame => frame.Strength > 0), new(FaceTimeline.Of(source, faces), said.Report, statistics.Figures));
    }

    public IFrameRenderer Open(FrameMap map, FileStream plan, FaceTracks faces)
    {
        var mouths = new MouthPlan(map, plan);
        var speaker = faces.SpeakerOf(mouths.TrackIds);
        return new MouthRenderer(mouths, (frame, mesh) => faces.TryRead(speaker, frame, mesh), parts);
    }

    public PlannedMouths Read(FrameMap map, FileStream plan)
    {
        var mouths = new MouthPlan(map, plan);
        var frames = Enumerable.Range(0, map.OutputFrames).Select(mouths.ReadFrame)
            .Select(frame => new PlannedMouth(frame.Strength, frame.Mouth.Opening, frame.Closure));
        return new(mouths.TrackIds, mouths.Speaker.Mean, [.. frames]);
    }
}
