using LipSync.Jobs;
using LipSync.Media;
using LipSync.Storage;

namespace LipSync.Steps;

/// <summary>Tracks the faces, once for all jobs with the same normal video, and plans the mouth of every output frame.</summary>
public sealed class AnalyzeStep(ILipSyncEngine engine, IMediaStore store, ArtifactCache cache)
{
    private const double TrackingShare = 0.85;

    public async Task<AnalyzeResult> Run(AnalyzeOrder order, StepContext context, CancellationToken cancellationToken)
    {
        var media = order.Media;
        using var video = await store.Materialize(media.VideoKey, cancellationToken);
        using var speech = await store.Materialize(media.SpeechKey, cancellationToken);
        using var ownSound = media.OwnSoundKey is { } key ? await store.Materialize(key, cancellationToken) : null;
        var facesKey = ArtifactKeys.Faces(media.VideoKey);
        var summary = await TrackFaces(facesKey, video.Path, media, context, cancellationToken);
        using var faces = await store.Materialize(facesKey, cancellationToken);
        var map = new FrameMap(order.Settings.SyncMode.ToMapMode(), media.SourceFrames, media.OutputFrames);
        var planFile = context.File("mouths");
        var plan = await engine.PlanMouths(
            new()
            {
                Video = video.Path,
                Info = media.ToNormalVideo(),
                Faces = faces.Path,
                Speech = speech.Path,
                OwnSound = ownSound?.Path,
                Map = map,
                Face = order.Settings.Face.ToFaceChoice(),
                HoldWithoutFace = order.Settings.NoFace is NoFacePolicy.Hold,
                Motion = order.Settings.Motion is not Motion.None,
                Seed = context.JobId,
            },
            planFile,
            context.Part(TrackingShare, 1),
            cancellationToken);
        if (order.Settings.NoFace is NoFacePolicy.Fail && plan.FramesWithFace < media.OutputFrames)
        {
            throw new MediaRefusedException("no_face_found", "In some frames no face was found, and settings.noFace asks to fail then.");
        }

        var planKey = ArtifactKeys.MouthPlan(context.JobId);
        await store.PutFile(planKey, planFile, cancellationToken);
        var reportKey = ArtifactKeys.PlanReport(context.JobId);
        await store.PutJson(reportKey, plan.Report, cancellationToken);
        return new(facesKey, planKey, summary.Tracks, plan.FramesWithFace, reportKey);
    }

    private async Task<FaceSummary> TrackFaces(
        string key, string video, IngestResult media, StepContext context, CancellationToken cancellationToken)
    {
        if (await cache.Find<FaceSummary>(key, cancellationToken) is { } known)
        {
            return known;
        }

        var file = context.File("faces");
        var summary = await engine.TrackFaces(video, media.ToNormalVideo(), file, context.Part(0, TrackingShare), cancellationToken);
        await cache.Put(key, file, summary, cancellationToken);
        return summary;
    }
}
