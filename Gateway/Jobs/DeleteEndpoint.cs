using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Jobs;

/// <summary>Takes a job away with all that it made.</summary>
public static class DeleteEndpoint
{
    public static void MapDelete(this IEndpointRouteBuilder api) => api
        .MapDelete("/lipsync/jobs/{jobId}", Delete)
        .CountAs(RequestClass.Read)
        .WithName("DeleteJob")
        .WithTags("LipSync")
        .WithSummary("Delete a job")
        .WithDescription("Deletes the job with its video and report; one that has not ended is cancelled first. It then answers as an unknown one. What was charged for it stays charged, and stays in the statement.")
        .ProducesErrors(RequestErrors.NotFound);

    /// <param name="jobId">As it was answered when the job was accepted.</param>
    private static async Task<Results<Ok<Envelope<DeleteAnswer>>, ApiError>> Delete(string jobId, Caller caller, IGrainFactory grains) =>
        JobId.IsWellFormed(jobId) && await grains.GetGrain<IJobGrain>(jobId).Delete(caller.AccountId)
            ? TypedResults.Ok(new Envelope<DeleteAnswer>(new DeleteAnswer(jobId)))
            : new ApiError(RequestErrors.NotFound, "There is no such job in this account.");
}

/// <summary>A job that was deleted.</summary>
public sealed record DeleteAnswer(string JobId)
{
    /// <summary>Always true.</summary>
    public bool Deleted { get; } = true;
}
