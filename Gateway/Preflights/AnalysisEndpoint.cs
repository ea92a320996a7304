using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using LipSync.Preflights;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Preflights;

/// <summary>Tells what an analysis found that took longer than its request waited.</summary>
public static class AnalysisEndpoint
{
    public const string Path = "/api/v1/lipsync/analyze/";

    public static void MapAnalysis(this IEndpointRouteBuilder api) => api
        .MapGet("/lipsync/analyze/{analysisId}", Analysis)
        .CountAs(RequestClass.Read)
        .WithName("GetAnalysis")
        .WithTags("LipSync")
        .WithSummary("Ask what an analysis found")
        .WithDescription(
            "Answers 202 until the analysis is done, then what it found, with fresh links, for 24 hours. An analysis of another account answers exactly as an unknown one.")
        .ProducesErrors(RequestErrors.NotFound, RequestErrors.OutputExpired);

    /// <param name="analysisId">As it was answered when the analysis was accepted.</param>
    private static async Task<Results<Ok<Envelope<AnalyzeAnswer>>, Accepted<Envelope<PendingAnswer>>, ApiError>> Analysis(
        string analysisId, Caller caller, HttpRequest request, IGrainFactory grains, PreflightAnswers answers, CancellationToken cancellationToken)
    {
        if (!PreflightId.IsWellFormed(analysisId) || await grains.GetGrain<IJobGrain>(analysisId).Describe(caller.AccountId) is not { } view)
        {
            return new ApiError(RequestErrors.NotFound, "There is no such analysis in this account.");
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (view.Status is JobStatus.Queued or JobStatus.Processing)
        {
            return TypedResults.Accepted((string?)null, new Envelope<PendingAnswer>(new(analysisId, view.Status)));
        }

        return await answers.Of(view, caller.AccountId, request, cancellationToken) is { } answer
            ? TypedResults.Ok(new Envelope<AnalyzeAnswer>(answer))
            : new ApiError(RequestErrors.OutputExpired, "What the analysis found has been deleted; analyses are kept for a limited time. Analyze again.");
    }
}
