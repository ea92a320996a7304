using LipSync.Jobs;
using LipSync.Media;
using LipSync.Storage;
using SyncMode = LipSync.Jobs.SyncMode;

namespace LipSync.Steps;

/// <summary>Fetches both inputs, brings them into normal form and tracks the video's faces, once for all jobs with the same sources.</summary>
public sealed class IngestStep(SourceFetcher fetcher, ILipSyncEngine engine, ArtifactCache cache)
{
    /// <summary>Videos are cut at multiples of this, so that speeches of similar length share one normal video.</summary>
    private const double CutSeconds = 30;

    public async Task<IngestResult> Run(IngestOrder order, StepContext context, CancellationToken cancellationToken)
    {
        var settings = order.Settings;
        var (speechKey, speech) = await Speech(order, context, cancellationToken);
        context.Progress.Report(0.1);
        var (videoKey, video, facesKey, faces, ownSoundKey) = await Video(order, speech.Seconds, context, cancellationToken);
        var output = FrameMap.For(settings.SyncMode.ToMapMode(), video.Frames, speech.Seconds, settings.Fps).OutputFrames;
        return new(videoKey, speechKey, facesKey, video.Width, video.Height, video.Fps, video.Frames, Cut(output, settings), ownSoundKey, faces.Tracks);
    }

    private async Task<(string Key, NormalSpeech Speech)> Speech(IngestOrder order, StepContext context, CancellationToken cancellationToken)
    {
        using var source = await fetcher.Fetch(
            "audioUrl", order.Speech, order.Limits.LargestUploadBytes, context.File("speech-source"), cancellationToken);
        var seconds = LongestWanted(order);
        var key = ArtifactKeys.Speech(await ContentHash.Of(source.Path, cancellationToken), seconds);
        if (await cache.Find<NormalSpeech>(key, cancellationToken) is { } known)
        {
            return (key, known);
        }

        var file = context.File("speech.flac");
        var speech = new NormalSpeech(await engine.NormalizeSpeech(source.Path, seconds, file, cancellationToken));
        await cache.Put(key, file, speech, cancellationToken);
        return (key, speech);
    }

    private async Task<(string Key, NormalVideo Video, string FacesKey, FaceSummary Faces, string? OwnSoundKey)> Video(
        IngestOrder order, double speechSeconds, StepContext context, CancellationToken cancellationToken)
    {
        var isImage = order.InputType is InputType.Image;
        using var source = await fetcher.Fetch(
            isImage ? "imageUrl" : "videoUrl", order.Visual, order.Limits.LargestUploadBytes, context.File("visual-source"), cancellationToken);
        var hash = await ContentHash.Of(source.Path, cancellationToken);
        context.Progress.Report(0.2);

        var format = new VideoFormat(order.Settings.ShortSide, order.Settings.Fps);
        var seconds = VideoSeconds(order, speechSeconds);
        var key = isImage ? ArtifactKeys.Picture(hash, format) : ArtifactKeys.Video(hash, format, seconds);
        var facesKey = ArtifactKeys.Faces(key);
        if (await cache.Find<NormalVideo>(key, cancellationToken) is not { } video || await cache.Find<FaceSummary>(facesKey, cancellationToken) is not { } faces)
        {
            var (file, facesFile) = (context.File("video.mp4"), context.File("faces"));
            (video, faces) = await engine.NormalizeVideo(source.Path, isImage, format, seconds, file, facesFile, context.Part(0.2, 0.95), cancellationToken);
            await cache.Put(facesKey, facesFile, faces, cancellationToken);
            await cache.Put(key, file, video, cancellationToken);
        }

        return (key, video, facesKey, faces, isImage ? null : await OwnSound(source.Path, ArtifactKeys.OwnSound(hash, seconds), seconds, context, cancellationToken));
    }

    /// <summary>The key of the video's own sound; null where it has none that can be used.</summary>
    private async Task<string?> OwnSound(string source, string key, double seconds, StepContext context, CancellationToken cancellationToken)
    {
        if (await cache.Find<OwnSoundNote>(key, cancellationToken) is not null)
        {
            return key;
        }

        var file = context.File("own-sound.flac");
        if (!await engine.TryNormalizeOwnSound(source, seconds, file, cancellationToken))
        {
            return null;
        }

        await cache.Put(key, file, new OwnSoundNote(), cancellationToken);
        return key;
    }

    /// <summary>Only as much video as is shown; where its own length matters, as much as the output may have.</summary>
    private static double VideoSeconds(IngestOrder order, double speechSeconds) => order.Settings.SyncMode switch
    {
        SyncMode.Remap => order.Limits.LongestJobSeconds,
        SyncMode.Silence => LongestWanted(order),
        _ => Math.Max(1, Math.Ceiling(speechSeconds / CutSeconds)) * CutSeconds,
    };

    /// <summary>Where inputs are cut: one second past the plan's longest job, so that one that is too long is seen to be.</summary>
    private static double LongestWanted(IngestOrder order) =>
        Math.Min(order.Settings.MaxDuration ?? double.PositiveInfinity, order.Limits.LongestJobSeconds + 1);

    private static int Cut(int frames, JobSettings settings) => settings.MaxDuration is { } seconds
        ? Math.Max(1, Math.Min(frames, (int)Math.Floor(seconds * settings.Fps)))
        : frames;

    private sealed record NormalSpeech(double Seconds);

    private sealed record OwnSoundNote;
}
