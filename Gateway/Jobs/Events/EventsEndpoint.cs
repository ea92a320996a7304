using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Lipsync;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LipSync.Gateway.Jobs.Events;

/// <summary>Tells how far a job is, as it happens.</summary>
public static class EventsEndpoint
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public static void MapJobEvents(this IEndpointRouteBuilder api) => api
        .MapGet("/lipsync/jobs/{jobId}/events", Events)
        .CountAs(RequestClass.Read)
        .WithName("StreamJobEvents")
        .WithTags("LipSync")
        .WithSummary("Follow a job")
        .WithDescription(
            "Server-sent events. The data of each is the job's status as `GET /lipsync/status/{jobId}` answers it in `data`; the event is `status` while the job "
            + "waits or runs, and `completed`, `failed` or `cancelled` at its end, which ends the stream. Only changes are sent, and a comment every 15 seconds "
            + "keeps the connection open. A client that resumes with `Last-Event-ID` is not told again what it has seen; one that has seen the end gets 204. "
            + "At most 20 streams of an account at a time.")
        .Produces<StatusAnswer>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesErrors(RequestErrors.NotFound);

    /// <param name="jobId">As it was answered when the job was accepted.</param>
    /// <param name="lastEventId">The <c>id</c> of the last event that was received; browsers send it by themselves.</param>
    private static async Task<Results<EmptyHttpResult, NoContent, ApiError>> Events(
        string jobId,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        Caller caller,
        HttpContext context,
        IGrainFactory grains,
        EventStreams streams,
        JobEvents events,
        CancellationToken cancellationToken)
    {
        if (!JobId.IsWellFormed(jobId) || await grains.GetGrain<IJobGrain>(jobId).Describe(caller.AccountId) is not { } job)
        {
            return new ApiError(RequestErrors.NotFound, "There is no such job in this account.");
        }

        if (JobEvents.IsLast(job) && JobEvents.IdOf(job) == lastEventId)
        {
            return TypedResults.NoContent();
        }

        using var stream = streams.TryOpen(caller.AccountId);
        if (stream is null)
        {
            return new ApiError(RequestErrors.RateLimited, $"The account has {EventStreams.MostOfAccount} event streams open. Close one, or poll the job's status.")
            {
                RetryAfter = RetryAfter,
            };
        }

        await events.Write(context, jobId, caller.AccountId, lastEventId, cancellationToken);
        return TypedResults.Empty;
    }
}
