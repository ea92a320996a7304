using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Lipsync;

/// <summary>Tells how far a job is.</summary>
public static class StatusEndpoint
{
    public const string Path = "/api/v1/lipsync/status/";

    public static void MapStatus(this IEndpointRouteBuilder api) => api
        .MapGet("/lipsync/status/{jobId}", Status)
        .CountAs(RequestClass.Read)
        .WithName("GetStatus")
        .WithTags("LipSync")
        .WithSummary("Ask how far a job is")
        .WithDescription("Poll every few seconds. A job of another account answers exactly as an unknown one.")
        .ProducesErrors(RequestErrors.NotFound);

    /// <param name="jobId">As it was answered when the job was accepted.</param>
    private static async Task<Results<Ok<Envelope<StatusAnswer>>, ApiError>> Status(
        string jobId, Caller caller, HttpRequest request, IGrainFactory grains, StatusAnswers answers, CancellationToken cancellationToken)
    {
        // Anything else would activate a grain for nothing.
        if (!JobId.IsWellFormed(jobId) || await grains.GetGrain<IJobGrain>(jobId).Describe(caller.AccountId) is not { } job)
        {
            return new ApiError(RequestErrors.NotFound, "There is no such job in this account.");
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Envelope<StatusAnswer>(await answers.Describe(request, job, cancellationToken)));
    }
}
