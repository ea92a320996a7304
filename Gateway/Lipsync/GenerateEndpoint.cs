using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

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

    private const string WebhookWarning = "webhookUrl: this version doesn't deliver webhooks yet; poll the job's status.";
    private const string IdempotencyWarning = "Idempotency-Key: this version doesn't read it yet; sending the request again starts another job.";

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
        HttpRequest request,
        Caller caller,
        GenerateValidator validator,
        IGrainFactory grains,
        IOptions<GatewayOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
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
            Warnings = Warnings(request, body.Value),
        };
        return TypedResults.Accepted($"{options.Value.PublicPath}{StatusEndpoint.Path}{jobId}", new Envelope<GenerateAnswer>(answer));
    }

    /// <summary>What was asked for and is left out; null, so that the answer has no such field, where there is nothing to say.</summary>
    private static string[]? Warnings(HttpRequest request, GenerateRequest body)
    {
        string[] warnings =
        [
            .. body.WebhookUrl is null ? [] : (ReadOnlySpan<string>)[WebhookWarning],
            .. request.Headers.ContainsKey("Idempotency-Key") ? (ReadOnlySpan<string>)[IdempotencyWarning] : [],
        ];
        return warnings.Length > 0 ? warnings : null;
    }
}
