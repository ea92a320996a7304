using LipSync.Jobs;
using LipSync.Media;
using LipSync.Storage;

namespace LipSync.Steps;

/// <summary>Plans the mouth of every output frame.</summary>
public sealed class AnalyzeStep(ILipSyncEngine engine, IMediaStore store)
{
    /// <summary>Why a job fails that asks to, where the face is not seen throughout.</summary>
    public static JobError FaceMissing { get; } = new("no_face_found", "In some frames no face was found, and settings.noFace asks to fail then.");

    public async Task<AnalyzeResult> Run(AnalyzeOrder order, StepContext context, CancellationToken cancellationToken)
    {
        var media = order.Media;
        using var video = await store.Materialize(media.VideoKey, cancellationToken);
        using var speech = await store.Materialize(media.SpeechKey, cancellationToken);
        using var ownSound = media.OwnSoundKey is { } key ? await store.Materialize(key, cancellationToken) : null;
        using var faces = await store.Materialize(media.FacesKey, cancellationToken);
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
            context.Progress,
            cancellationToken);
        if (order.Settings.NoFace is NoFacePolicy.Fail && plan.FramesWithFace < media.OutputFrames)
        {
            throw new MediaRefusedException(FaceMissing.Code, FaceMissing.Message);
        }

        var planKey = ArtifactKeys.MouthPlan(context.JobId);
        await store.PutFile(planKey, planFile, cancellationToken);
        var reportKey = ArtifactKeys.PlanReport(context.JobId);
        await store.PutJson(reportKey, plan.Report, cancellationToken);
        return new(media.FacesKey, planKey, media.FacesFound, plan.FramesWithFace, reportKey);
    }
}
