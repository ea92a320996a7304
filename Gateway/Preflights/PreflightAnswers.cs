using System.Text.Json;
using LipSync.Accounts;
using LipSync.Gateway.Media;
using LipSync.Jobs;
using LipSync.Storage;

namespace LipSync.Gateway.Preflights;

/// <summary>Makes the answer of a preflight that has ended.</summary>
public sealed class PreflightAnswers(IGrainFactory grains, IMediaStore store, MediaLinks links)
{
    /// <summary>Null: what was found has been deleted.</summary>
    public async Task<AnalyzeAnswer?> Of(JobView preflight, string accountId, HttpRequest request, CancellationToken cancellationToken)
    {
        if (preflight.Error is { } error)
        {
            return new() { Ready = false, Blocking = [error] };
        }

        if (await Read(preflight.InspectionKey, cancellationToken) is not { } report)
        {
            return null;
        }

        var blocking = await WithCredits(report, accountId);
        return new()
        {
            Ready = blocking.Count == 0,
            Blocking = blocking,
            Video = report.Video,
            Image = report.Image,
            Audio = report.Audio,
            Output = report.Output,
            Faces = report.Faces is { } faces ? await Link(faces, request, cancellationToken) : null,
            SelectedTrackId = report.SelectedTrackId,
            EstimatedCredits = report.EstimatedCredits,
            EstimatedTime = report.EstimatedTime is { } seconds ? (int)Math.Ceiling(seconds) : null,
        };
    }

    private async Task<PreflightReport?> Read(string? key, CancellationToken cancellationToken)
    {
        await using var json = key is null ? null : await store.Open(key, cancellationToken);
        return json is null ? null : await JsonSerializer.DeserializeAsync<PreflightReport>(json, JsonSerializerOptions.Web, cancellationToken);
    }

    /// <summary>The one reason that changes from minute to minute: it is looked up with every answer.</summary>
    private async Task<IReadOnlyList<JobError>> WithCredits(PreflightReport report, string accountId)
    {
        var available = (await grains.GetGrain<IAccountGrain>(accountId).Describe())?.Available ?? 0;
        return available >= report.HeldCredits
            ? report.Blocking
            : [
                .. report.Blocking,
                new(
                    "insufficient_credits",
                    $"A job of this request holds {report.HeldCredits} credits until its media is measured; the account has {available} available. Add credits, or lower settings.maxDuration."),
            ];
    }

    private async Task<IReadOnlyList<FaceAnswer>> Link(IReadOnlyList<FoundFace> faces, HttpRequest request, CancellationToken cancellationToken)
    {
        var linked = new List<FaceAnswer>();
        foreach (var face in faces)
        {
            var url = await links.CreateForOutput(request, face.ThumbnailKey, outputExpiresAt: null, cancellationToken);
            linked.Add(new(face.TrackId, face.Person, face.FirstSeen, face.LastSeen, face.Frames, face.Time, face.Box, url!));
        }

        return linked;
    }
}
