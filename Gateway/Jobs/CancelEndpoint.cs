using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Idempotency;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Lipsync;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Jobs;

/// <summary>Ends a job that is no longer wanted.</summary>
public static class CancelEndpoint
{
    public static void MapCancel(this IEndpointRouteBuilder api) => api
        .MapPost("/lipsync/jobs/{jobId}/cancel", Cancel)
        .CountAs(RequestClass.Read)
        .Idempotent()
        .WithName("CancelJob")
        .WithTags("LipSync")
        .WithSummary("Cancel a job")
        .WithDescription("Frees its slots within about two seconds, and the credits held for it; a cancelled job costs nothing. Cancelling it again changes nothing.")
        .ProducesErrors(RequestErrors.NotFound, RequestErrors.JobFinished);

    /// <param name="jobId">As it was answered when the job was accepted.</param>
    private static async Task<Results<Ok<Envelope<StatusAnswer>>, ApiError>> Cancel(string jobId, Caller caller, IGrainFactory grains)
    {
        var result = JobId.IsWellFormed(jobId) ? await grains.GetGrain<IJobGrain>(jobId).Cancel(caller.AccountId) : CancelResult.NotFound;
        return result switch
        {
            CancelResult.Ended => new ApiError(RequestErrors.JobFinished),
            CancelResult.Cancelled when await grains.GetGrain<IJobGrain>(jobId).Describe(caller.AccountId) is { } job =>
                TypedResults.Ok(new Envelope<StatusAnswer>(StatusAnswer.From(job, outputUrl: null, report: null))),
            _ => new ApiError(RequestErrors.NotFound, "There is no such job in this account."),
        };
    }
}
