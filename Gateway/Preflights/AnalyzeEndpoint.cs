using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Jobs;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Lipsync;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using LipSync.Preflights;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Preflights;

/// <summary>Looks at a request's inputs as its job would, without a job.</summary>
public static class AnalyzeEndpoint
{
    private const string Example =
        """
        {
          "videoUrl": "https://example.com/speaker.mp4",
          "audioUrl": "https://example.com/speech.mp3",
          "settings": { "resolution": "720p", "face": { "trackId": 0 } }
        }
        """;

    /// <summary>Shorter than what proxies and clients usually wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static void MapAnalyze(this IEndpointRouteBuilder api) => api
        .MapPost("/lipsync/analyze", Analyze)
        .CountAs(RequestClass.Work)
        .Accepts<AnalyzeRequest>("application/json")
        .WithName("Analyze")
        .WithTags("LipSync")
        .WithSummary("Look before you generate")
        .WithDescription(
            "Takes the body of `generate` and tells, without a job and for free, what is in the inputs, whose faces are seen, what the output would be and cost, and everything that a job would fail for. "
            + "`audioUrl` may be left out. Inputs that can't be used are an answer, not an error. What takes longer than about 25 seconds is answered 202: ask again at `Location`. "
            + "A job of the same inputs afterwards starts faster, and takes the `trackId` of a face in `settings.face`.")
        .WithJsonExample("video", "A video and speech", Example)
        .ProducesErrors(RequestErrors.InvalidRequest, RequestErrors.UnsupportedSetting, RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    private static async Task<Results<Ok<Envelope<AnalyzeAnswer>>, Accepted<Envelope<PendingAnswer>>, ApiError>> Analyze(
        HttpRequest request,
        Caller caller,
        GenerateValidator validator,
        JobSubmission submission,
        PreflightWait wait,
        PreflightAnswers answers,
        IOptions<GatewayOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.Read<AnalyzeRequest>(request, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable;
        }

        var spec = await validator.Validate(body.Value, caller, JobPurpose.Preflight);
        if (spec.Error is { } refused)
        {
            return refused;
        }

        var id = PreflightId.New(time.GetUtcNow());
        var submitted = await submission.Submit(id, spec.Value, repeatable: false, cancellationToken);
        if (submitted.Error is { } notAccepted)
        {
            return notAccepted;
        }

        var view = await wait.ForEnd(id, spec.Value, Patience, Pause, cancellationToken);
        return view.Status is JobStatus.Queued or JobStatus.Processing
            ? TypedResults.Accepted($"{options.Value.PublicPath}{AnalysisEndpoint.Path}{id}", new Envelope<PendingAnswer>(new(id, view.Status)))
            : await answers.Of(view, caller.AccountId, request, cancellationToken) is { } answer
                ? TypedResults.Ok(new Envelope<AnalyzeAnswer>(answer))
                : new ApiError(RequestErrors.OutputExpired);
    }
}
