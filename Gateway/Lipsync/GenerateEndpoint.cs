using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Lipsync;

/// <summary>Accepts a job.</summary>
public static class GenerateEndpoint
{
    private const string VideoExample =
        """
        {
          "videoUrl": "https://example.com/speaker.mp4",
          "audioUrl": "https://example.com/speech.mp3",
          "settings": { "resolution": "720p", "fps": 25, "maxDuration": 60, "syncMode": "bounce" }
        }
        """;

    private const string ImageExample =
        """
        { "imageUrl": "https://example.com/portrait.jpg", "audioUrl": "https://example.com/speech.mp3" }
        """;

    private static readonly string[] WebhookWarning = ["webhookUrl: this version doesn't deliver webhooks yet; poll the job's status."];

    public static void MapGenerate(this IEndpointRouteBuilder api) => api
        .MapPost("/lipsync/generate", Generate)
        .CountAs(RequestClass.Work)
        .Accepts<GenerateRequest>("application/json")
        .WithName("Generate")
        .WithTags("LipSync")
        .WithSummary("Make a video or a portrait speak")
        .WithDescription(
            "Starts a job. Give `audioUrl` and exactly one of `videoUrl` and `imageUrl`; poll the job's status until it is `completed` or `failed`.")
        .WithJsonExample("video", "A video and speech", VideoExample)
        .WithJsonExample("image", "A portrait and speech", ImageExample)
        .ProducesErrors(
            RequestErrors.InvalidRequest, RequestErrors.UnsupportedSetting, RequestErrors.InsufficientCredits,
            RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    private static async Task<Results<Accepted<Envelope<GenerateAnswer>>, ApiError>> Generate(
        HttpRequest request, Caller caller, GenerateValidator validator, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await JsonBody.Read<GenerateRequest>(request, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable;
        }

        var spec = await validator.Validate(body.Value, caller);
        if (spec.Error is { } refused)
        {
            return refused;
        }

        var jobId = JobId.New(time.GetUtcNow());
        var result = await grains.GetGrain<IJobGrain>(jobId).Submit(spec.Value);
        if (!result.Accepted)
        {
            return new ApiError(RequestErrors.InsufficientCredits, $"This job may cost {result.EstimatedCredits} credits; the account has fewer available.");
        }

        var answer = new GenerateAnswer(
            jobId,
            JobStatus.Queued,
            spec.Value.InputType,
            result.EstimatedCredits,
            (int)Math.Ceiling(result.EstimatedSeconds))
        {
            Warnings = body.Value.WebhookUrl is null ? null : WebhookWarning,
        };
        return TypedResults.Accepted($"{request.PathBase}{StatusEndpoint.Path}{jobId}", new Envelope<GenerateAnswer>(answer));
    }
}
