using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Lists;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Jobs.Lists;

/// <summary>Lists an account's jobs.</summary>
public static class JobListEndpoint
{
    public static void MapJobList(this IEndpointRouteBuilder api) => api
        .MapGet("/lipsync/jobs", List)
        .CountAs(RequestClass.Read)
        .WithName("ListJobs")
        .WithTags("LipSync")
        .WithSummary("List jobs")
        .WithDescription("The account's jobs, newest first, page by page. A list may be some seconds late; a job's own status is not.")
        .WithWords<JobStatus>("status")
        .WithPaging()
        .ProducesErrors(RequestErrors.InvalidRequest);

    /// <param name="status">Only jobs of this status.</param>
    private static async Task<Results<Ok<Envelope<ListAnswer<JobItem>>>, ApiError>> List(
        string? status, string? limit, string? cursor, HttpRequest request, Caller caller, JobLists lists, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        Filters.RefuseUnknown(request, errors, "status", "limit", "cursor");
        var query = JobLists.Read(caller.AccountId, status, limit, cursor, errors);
        if (errors.ToError() is { } refused)
        {
            return refused;
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store"; // links open without a key
        return TypedResults.Ok(new Envelope<ListAnswer<JobItem>>(await lists.ForCustomer(request, query, cancellationToken)));
    }
}
