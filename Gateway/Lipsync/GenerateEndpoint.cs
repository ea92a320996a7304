using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Idempotency;
using LipSync.Gateway.Jobs;
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

    public static void MapGenerate(this IEndpointRouteBuilder api) => api
        .MapPost("/lipsync/generate", Generate)
        .CountAs(RequestClass.Work)
        .Idempotent()
        .Accepts<GenerateRequest>("application/json")
        .WithName("Generate")
        .WithTags("LipSync")
        .WithSummary("Make a video or a portrait speak")
        .WithDescription(
            "Starts a job. Give `audioUrl` and exactly one of `videoUrl` and `imageUrl`; poll the job's status until it is `completed`, `failed` or `cancelled`. "
            + "A request with the header `Idempotency-Key` can be sent again: it answers with the job of the first. Without one, a request that is answered 503 is withdrawn: its job is cancelled where it was started.")
        .WithJsonExample("video", "A video and speech", VideoExample)
        .WithJsonExample("image", "A portrait and speech", ImageExample)
        .ProducesErrors(
            RequestErrors.InvalidRequest, RequestErrors.UnsupportedSetting, RequestErrors.InsufficientCredits,
            RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    private static async Task<Results<Accepted<Envelope<GenerateAnswer>>, ApiError>> Generate(
        HttpRequest request,
        Caller caller,
        GenerateValidator validator,
        JobSubmission submission,
        Operation operation,
        IOptions<GatewayOptions> options,
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

        var jobId = JobId.Of(operation.Id);
        var submitted = await submission.Submit(jobId, spec.Value, operation.Repeatable, cancellationToken);
        if (submitted.Error is { } notAccepted)
        {
            return notAccepted;
        }

        var answer = new GenerateAnswer(
            jobId,
            JobStatus.Queued,
            spec.Value.InputType,
            submitted.Value.EstimatedCredits,
            (int)Math.Ceiling(submitted.Value.EstimatedSeconds))
        {
            Warnings = body.Value.WebhookUrl is null ? null : [WebhookWarning],
        };
        return TypedResults.Accepted($"{options.Value.PublicPath}{StatusEndpoint.Path}{jobId}", new Envelope<GenerateAnswer>(answer));
    }
}
