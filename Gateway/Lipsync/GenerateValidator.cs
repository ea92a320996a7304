using LipSync.Gateway.Jobs;
using LipSync.Gateway.Json;
using LipSync.Gateway.Security;
using LipSync.Jobs;

namespace LipSync.Gateway.Lipsync;

/// <summary>Turns a request into a <see cref="JobSpec"/>, or says everything that is wrong with it.</summary>
public sealed class GenerateValidator(MediaReferences references)
{
    private static readonly string[] LaterFields = ["text", "voice"];

    /// <param name="purpose">A preflight may come without speech.</param>
    public async Task<Validated<JobSpec>> Validate(GenerateRequest request, Caller caller, JobPurpose purpose = JobPurpose.Video)
    {
        var errors = new FieldErrors();
        RefuseUnknown(request, errors);
        var speech = await ReadSpeech(request, purpose, errors);
        var visual = await ReadVisual(request, errors);
        var settings = ReadSettings(request.Settings ?? new GenerateSettings(), errors);
        if (request.WebhookUrl is { } webhookUrl)
        {
            MediaReferences.ReadUrl("webhookUrl", webhookUrl, errors);
        }

        var metadata = Metadata.Read("metadata", request.Metadata, errors);
        if (errors.ToError() is { } error)
        {
            return error;
        }

        return new JobSpec
        {
            AccountId = caller.AccountId,
            InputType = request.VideoUrl is null ? InputType.Image : InputType.Video,
            Visual = visual!,
            Speech = speech,
            Settings = settings,
            Limits = caller.Limits,
            Metadata = metadata,
            Purpose = purpose,
        };
    }

    private static void RefuseUnknown(GenerateRequest request, FieldErrors errors)
    {
        foreach (var field in request.Unknown?.Keys ?? [])
        {
            if (LaterFields.Contains(field, StringComparer.Ordinal))
            {
                errors.Unsupported(field, "is not supported by this version.");
            }
            else
            {
                errors.Invalid(field, "is not a field of this request.");
            }
        }

        foreach (var field in request.Settings?.Unknown?.Keys ?? [])
        {
            errors.Unsupported($"settings.{field}", "is not a setting of this version.");
        }
    }

    private async Task<MediaSource?> ReadSpeech(GenerateRequest request, JobPurpose purpose, FieldErrors errors)
    {
        if (request.AudioUrl is { } url)
        {
            return await references.Read("audioUrl", url, errors);
        }

        if (purpose is not JobPurpose.Preflight)
        {
            errors.Invalid("audioUrl", "is required.");
        }

        return null;
    }

    private async Task<MediaSource?> ReadVisual(GenerateRequest request, FieldErrors errors)
    {
        switch (request.VideoUrl, request.ImageUrl)
        {
            case ({ } videoUrl, null):
                return await references.Read("videoUrl", videoUrl, errors);
            case (null, { } imageUrl):
                return await references.Read("imageUrl", imageUrl, errors);
            case (null, null):
                errors.Invalid("videoUrl", "is required, or else imageUrl.");
                return null;
            default:
                errors.Invalid("imageUrl", "must not be given together with videoUrl.");
                return null;
        }
    }

    private static JobSettings ReadSettings(GenerateSettings settings, FieldErrors errors)
    {
        if (settings.Fps is < GenerateSettings.LowestFps or > GenerateSettings.HighestFps)
        {
            errors.Unsupported("settings.fps", $"must be from {GenerateSettings.LowestFps} to {GenerateSettings.HighestFps}.");
        }

        if (settings.MaxDuration is { } seconds && !(seconds >= GenerateSettings.ShortestDuration && double.IsFinite(seconds)))
        {
            errors.Invalid("settings.maxDuration", $"must be at least {GenerateSettings.ShortestDuration} seconds.");
        }

        return new JobSettings(
            (int)(settings.Resolution ?? Resolution.P720),
            settings.Fps ?? GenerateSettings.DefaultFps,
            settings.MaxDuration,
            settings.SyncMode ?? SyncMode.Bounce,
            settings.NoFace ?? NoFacePolicy.Passthrough,
            settings.Face?.Read("settings.face", errors),
            settings.Motion ?? Motion.Auto);
    }
}
