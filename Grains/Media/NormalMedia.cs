using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Steps;
using LipSync.Storage;

namespace LipSync.Media;

/// <summary>Brings local sources into normal form and tracks the video's faces, once for all jobs and preflights with the same sources.</summary>
public sealed class NormalMedia(ILipSyncEngine engine, ArtifactCache cache)
{
    /// <summary>Videos are cut at multiples of this, so that speeches of similar length share one normal video.</summary>
    private const double CutSeconds = 30;

    /// <summary>Where inputs are cut: one second past the plan's longest job, so that one that is too long is seen to be.</summary>
    public static double LongestWanted(JobSettings settings, PlanLimits limits) =>
        Math.Min(settings.MaxDuration ?? double.PositiveInfinity, limits.LongestJobSeconds + 1);

    /// <summary>Where a video is cut: only as much as is shown; where its own length matters, as much as the output may have.</summary>
    public static double CutOf(JobSettings settings, PlanLimits limits, double speechSeconds) => settings.SyncMode switch
    {
        Jobs.SyncMode.Remap => limits.LongestJobSeconds,
        Jobs.SyncMode.Silence => LongestWanted(settings, limits),
        _ => Math.Max(1, Math.Ceiling(speechSeconds / CutSeconds)) * CutSeconds,
    };

    public async Task<NormalSpeech> Speech(string source, JobSettings settings, PlanLimits limits, StepContext context, CancellationToken cancellationToken)
    {
        var seconds = LongestWanted(settings, limits);
        var key = ArtifactKeys.Speech(await ContentHash.Of(source, cancellationToken), seconds);
        if (await cache.Find<SpeechNote>(key, cancellationToken) is { } known)
        {
            return new(key, known.Seconds);
        }

        var file = context.File("speech.flac");
        var note = new SpeechNote(await engine.NormalizeSpeech(source, seconds, file, cancellationToken));
        await cache.Put(key, file, note, cancellationToken);
        return new(key, note.Seconds);
    }

    /// <param name="seconds">As <see cref="CutOf"/> says.</param>
    public async Task<NormalVisual> Visual(
        string source, InputType type, JobSettings settings, double seconds, StepContext context, CancellationToken cancellationToken)
    {
        var isImage = type is InputType.Image;
        var hash = await ContentHash.Of(source, cancellationToken);
        context.Progress.Report(0.2);

        var format = new VideoFormat(settings.ShortSide, settings.Fps);
        var key = isImage ? ArtifactKeys.Picture(hash, format) : ArtifactKeys.Video(hash, format, seconds);
        var facesKey = ArtifactKeys.Faces(key);
        if (await cache.Find<NormalVideo>(key, cancellationToken) is not { } video || await cache.Find<FaceSummary>(facesKey, cancellationToken) is not { } faces)
        {
            var (file, facesFile) = (context.File("video.mp4"), context.File("faces"));
            (video, faces) = await engine.NormalizeVideo(source, isImage, format, seconds, file, facesFile, context.Part(0.2, 0.95), cancellationToken);
            await cache.Put(facesKey, facesFile, faces, cancellationToken);
            await cache.Put(key, file, video, cancellationToken);
        }

        var ownSoundKey = isImage ? null : await OwnSound(source, ArtifactKeys.OwnSound(hash, seconds), seconds, context, cancellationToken);
        return new(key, video, facesKey, faces.Tracks, ownSoundKey);
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

    private sealed record SpeechNote(double Seconds);

    private sealed record OwnSoundNote;
}

/// <param name="Seconds">Measured by decoding.</param>
public sealed record NormalSpeech(string Key, double Seconds);

/// <param name="Tracks">Faces found.</param>
/// <param name="OwnSoundKey">The video's own sound; null where it has none that can be used.</param>
public sealed record NormalVisual(string Key, NormalVideo Video, string FacesKey, int Tracks, string? OwnSoundKey)
{
    /// <summary>What a job makes of it with this speech.</summary>
    public IngestResult With(NormalSpeech speech, JobSettings settings)
    {
        var output = FrameMap.For(settings.SyncMode.ToMapMode(), Video.Frames, speech.Seconds, settings.Fps).OutputFrames;
        var frames = settings.MaxDuration is { } seconds ? Math.Max(1, Math.Min(output, (int)Math.Floor(seconds * settings.Fps))) : output;
        return new(Key, speech.Key, FacesKey, Video.Width, Video.Height, Video.Fps, Video.Frames, frames, OwnSoundKey, Tracks);
    }
}
