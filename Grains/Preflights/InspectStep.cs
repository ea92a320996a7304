using LipSync.Accounts;
using LipSync.Inspection;
using LipSync.Jobs;
using LipSync.Media;
using LipSync.Media.Probing;
using LipSync.Planning;
using LipSync.Steps;
using LipSync.Storage;

namespace LipSync.Preflights;

/// <summary>
/// Looks at a request's inputs as its job would: the same files in the same normal form under the same keys, so that the job finds
/// them. What can't be used is reported, and the rest is looked at all the same.
/// </summary>
public sealed class InspectStep(SourceFetcher fetcher, NormalMedia normal, ILipSyncEngine engine, IMediaStore store, JobEstimates estimates)
{
    public async Task<InspectResult> Run(InspectOrder order, StepContext context, CancellationToken cancellationToken)
    {
        var report = new PreflightReport
        {
            Blocking = [],
            HeldCredits = CreditPrices.OfSeconds(JobPlan.LongestOutputSeconds(order.Settings, order.Limits)),
        };
        (report, var speech) = await Speech(report, order, context, cancellationToken);
        context.Progress.Report(0.1);
        (report, var visual) = await Visual(report, order, speech, context, cancellationToken);
        report = await WithOutput(report, order, speech, visual, context, cancellationToken);
        var key = ArtifactKeys.PreflightReport(context.JobId);
        await store.PutJson(key, report, cancellationToken);
        return new(key);
    }

    private async Task<(PreflightReport Report, NormalSpeech? Speech)> Speech(
        PreflightReport report, InspectOrder order, StepContext context, CancellationToken cancellationToken)
    {
        if (order.Speech is not { } wanted)
        {
            return (report, null);
        }

        try
        {
            using var source = await fetcher.FetchSpeech(wanted, order.Limits, context, cancellationToken);
            var facts = await engine.Examine(source.Path, MediaRole.Speech, cancellationToken);
            var speech = await normal.Speech(source.Path, order.Settings, order.Limits, context, cancellationToken);
            var sound = facts.Audio!;
            var seconds = WholeLength(speech.Seconds, NormalMedia.LongestWanted(order.Settings, order.Limits), facts);
            return (report with { Audio = new(seconds, sound.Codec, sound.SampleRate, sound.Channels) }, speech);
        }
        catch (MediaRefusedException refused)
        {
            return (Blocked(report, refused.Code, refused.Message), null);
        }
    }

    private async Task<(PreflightReport Report, NormalVisual? Visual)> Visual(
        PreflightReport report, InspectOrder order, NormalSpeech? speech, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            using var source = await fetcher.FetchVisual(order.InputType, order.Visual, order.Limits, context, cancellationToken);
            var isImage = order.InputType is InputType.Image;
            var facts = await engine.Examine(source.Path, isImage ? MediaRole.Picture : MediaRole.Video, cancellationToken);
            report = Described(report, facts, isImage);

            // Without a speech the whole video may be shown, as with one of the same length.
            var longest = NormalMedia.LongestWanted(order.Settings, order.Limits);
            var cut = NormalMedia.CutOf(order.Settings, order.Limits, speech?.Seconds ?? Math.Min(facts.HeaderSeconds ?? longest, longest));
            var visual = await normal.Visual(source.Path, order.InputType, order.Settings, cut, context, cancellationToken);
            return report.Video is { } video
                ? (report with { Video = video with { Duration = WholeLength((double)visual.Video.Frames / visual.Video.Fps, cut, facts) } }, visual)
                : (report, visual);
        }
        catch (MediaRefusedException refused)
        {
            return (Blocked(report, refused.Code, refused.Message), null);
        }
    }

    private static PreflightReport Described(PreflightReport report, SourceFacts facts, bool isImage)
    {
        var picture = facts.Video!;
        return isImage
            ? report with { Image = new(picture.Width, picture.Height) }
            : report with
            {
                Video = new(
                    Rounded(facts.HeaderSeconds ?? 0), picture.Width, picture.Height, picture.Rotation, picture.FrameRate, picture.VariableFrameRate,
                    picture.Hdr, picture.Codec, HasAudio: facts.Audio is not null),
            };
    }

    private async Task<PreflightReport> WithOutput(
        PreflightReport report, InspectOrder order, NormalSpeech? speech, NormalVisual? visual, StepContext context, CancellationToken cancellationToken)
    {
        if (visual is null)
        {
            return report;
        }

        var media = speech is null ? null : visual.With(speech, order.Settings);
        if (media is not null)
        {
            report = JobPlan.TooLong(media, order.Limits) is { } tooLong
                ? Blocked(report, tooLong.Code, tooLong.Message)
                : report with
                {
                    Output = new(media.Width, media.Height, media.Fps, media.OutputFrames, (double)media.OutputFrames / media.Fps),
                    EstimatedCredits = CreditPrices.OfFrames(media.OutputFrames, media.Fps),
                    EstimatedTime = estimates.TotalSeconds(media),
                };
        }

        var survey = await Survey(order, visual, media, context, cancellationToken);
        report = report with { Faces = await Store(survey.Faces, visual.Video.Fps, context, cancellationToken), SelectedTrackId = survey.SpeakerTrack };
        return survey switch
        {
            { WhyNobody: { } why } => Blocked(report, "no_face_found", why),
            _ when order.Settings.NoFace is NoFacePolicy.Fail && survey.FramesWithSpeaker < media?.OutputFrames =>
                Blocked(report, AnalyzeStep.FaceMissing.Code, AnalyzeStep.FaceMissing.Message),
            _ => report,
        };
    }

    private async Task<FaceSurvey> Survey(InspectOrder order, NormalVisual visual, IngestResult? media, StepContext context, CancellationToken cancellationToken)
    {
        using var video = await store.Materialize(visual.Key, cancellationToken);
        using var faces = await store.Materialize(visual.FacesKey, cancellationToken);
        using var ownSound = visual.OwnSoundKey is { } key ? await store.Materialize(key, cancellationToken) : null;
        return await engine.SurveyFaces(
            new()
            {
                Video = video.Path,
                Info = visual.Video,
                Faces = faces.Path,
                OwnSound = ownSound?.Path,
                Face = order.Settings.Face.ToFaceChoice(),
                Map = media is null ? null : new(order.Settings.SyncMode.ToMapMode(), media.SourceFrames, media.OutputFrames),
                Folder = context.Folder,
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<FaceReport>> Store(IReadOnlyList<SurveyedFace> faces, int fps, StepContext context, CancellationToken cancellationToken)
    {
        var stored = new List<FaceReport>();
        foreach (var face in faces)
        {
            var key = ArtifactKeys.PreflightFace(context.JobId, face.Track);
            await store.PutFile(key, face.Picture, cancellationToken);
            stored.Add(new(face.Track, face.Person, Seconds(face.FirstFrame), Seconds(face.LastFrame), face.FramesSeen, Seconds(face.BestFrame), face.Box, key));
        }

        return stored;

        double Seconds(int frame) => Rounded((double)frame / fps);
    }

    private static PreflightReport Blocked(PreflightReport report, string code, string message) =>
        report with { Blocking = [.. report.Blocking, new(code, message)] };

    /// <summary>What was measured; of a source that was cut, what its header says, which is all that is known.</summary>
    private static double WholeLength(double measured, double cut, SourceFacts facts) =>
        Rounded(measured >= cut - 0.1 && facts.HeaderSeconds is { } told && told > measured ? told : measured);

    private static double Rounded(double seconds) => Math.Round(seconds, 3);
}
