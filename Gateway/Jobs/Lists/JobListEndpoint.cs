using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Paging;
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
        .WithWord<JobStatus>("status", "Only jobs of this status.")
        .WithPages()
        .ProducesErrors(RequestErrors.InvalidRequest);

    private static async Task<Results<Ok<Envelope<PageAnswer<JobItem>>>, ApiError>> List(
        HttpRequest request, Caller caller, JobLists lists, CancellationToken cancellationToken)
    {
        var page = await lists.Page(request, new ListQuery(request, "status"), caller.AccountId, forOperator: false, cancellationToken);
        return page.Error is { } refused ? refused : TypedResults.Ok(new Envelope<PageAnswer<JobItem>>(page.Value));
    }
}
