using System.Numerics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;
using LipSync.Reports;
using LipSync.Speech.Adaptation;

namespace LipSync.Rendering;

/// <summary>
/// The built-in renderer: mouths from the speaker's own pixels, no weights. A frame's lips and jaw are bent to the wanted shape;
/// the speaker's own mouth of that shape, from elsewhere in the video, is laid over; who never opens his mouth gets a painted inside.
/// </summary>
public sealed class ExemplarRenderer : ILipSyncRenderer
{
    public string Name => "exemplar";

    public async Task<PlanSummary?> Plan(RenderSource source, FileStream output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        bool Meshes(int frame, Span<Vector3> mesh) => source.Faces.TryRead(source.Speaker, frame, mesh);

        var frameCount = source.Info.Frames;
        if (SpeakerModel.Learn(Meshes, frameCount, cancellationToken) is not { } speaker)
        {
            return null;
        }

        using var writer = new MouthPlanWriter(output);
        writer.WriteSpeaker(source.Speaker.Id, speaker);
        var residualsAt = output.Position;
        var faces = SourceFaces.Measure(speaker, Meshes, frameCount, new ResidualWriter(speaker, output), cancellationToken);
        if (!faces.Any(face => face.Fitness > 0))
        {
            return null;
        }

        await output.FlushAsync(cancellationToken);
        var residuals = new ResidualReader(speaker, output.SafeFileHandle, residualsAt, frameCount);
        var fps = source.Info.Fps;
        var adaptation = source.OwnSpeech is { } own ? SpeakerAdaptation.Learn(own, Seen(faces), fps) : SpeakerAdaptation.None;
        var planner = new MouthPlanner(speaker, faces, residuals, source.Map, fps);
        var exemplars = planner.NeedsExemplars
            ? await new ExemplarLibrary(speaker, Meshes, Said).Gather(source.Video, source.Info, faces, progress, cancellationToken)
            : [];

        // A head that never holds still gives none, however far its mouth opens: then the inner mouth is painted.
        var seam = exemplars.Count > 0
            ? LipSeam.AsMeshed
            : await LipSeam.Measure(speaker, Meshes, faces, source.Video, source.Info, cancellationToken);
        var frames = planner.Plan(adaptation.Adapt(source.Speech), exemplars, adaptation.Credence, cancellationToken);
        writer.WriteFrames(frames, seam, exemplars);
        return new(
            frames.Count(frame => frame.Strength > 0),
            PlanReport.Empty with { Source = adaptation.Report, Exemplars = ExemplarStatistics.Of(frames, exemplars) });

        SaidMouth Said(int frame) => source.OwnSpeech is { } said ? SaidMouth.Of(said, frame + adaptation.OffsetFrames, fps) : SaidMouth.Unknown;
    }

    public IFrameRenderer Open(FrameMap map, FileStream plan, FaceTracks faces)
    {
        var mouths = new MouthPlan(map, plan);
        var speaker = faces.Tracks.Single(track => track.Id == mouths.TrackId);
        return new MouthRenderer(mouths, (frame, mesh) => faces.TryRead(speaker, frame, mesh));
    }

    public PlannedMouths Read(FrameMap map, FileStream plan)
    {
        var mouths = new MouthPlan(map, plan);
        var frames = Enumerable.Range(0, map.OutputFrames).Select(mouths.ReadFrame)
            .Select(frame => new PlannedMouth(frame.Strength, frame.Mouth.Opening, frame.Closure));
        return new(mouths.TrackId, mouths.Speaker.Mean, [.. frames]);
    }

    private static List<SourceMouth?> Seen(IReadOnlyList<SourceFace> faces) =>
        [.. faces.Select(face => face.Fitness > 0 ? new SourceMouth(face.Mouth.Opening, face.Mouth.Width) : (SourceMouth?)null)];
}
