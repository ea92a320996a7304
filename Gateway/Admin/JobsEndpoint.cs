using LipSync.Gateway.Errors;
using LipSync.Gateway.Jobs.Lists;
using LipSync.Gateway.Json;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Paging;
using LipSync.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Admin;

/// <summary>Lists the jobs of every account.</summary>
public static class JobsEndpoint
{
    public static void MapJobs(this IEndpointRouteBuilder admin) => admin
        .MapGet("/jobs", List)
        .WithName("ListAllJobs")
        .WithTags("Admin")
        .WithSummary("List the jobs of all accounts")
        .WithDescription("Newest first, page by page, without links to the videos: those are the customers'.")
        .WithText("account", "Only jobs of this account.")
        .WithWord<JobStatus>("status", "Only jobs of this status.")
        .WithPages()
        .ProducesErrors(RequestErrors.InvalidRequest);

    private static async Task<Results<Ok<Envelope<PageAnswer<JobItem>>>, ApiError>> List(
        HttpRequest request, JobLists lists, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request, "account", "status");
        var page = await lists.Page(request, query, query.Text("account"), forOperator: true, cancellationToken);
        return page.Error is { } refused ? refused : TypedResults.Ok(new Envelope<PageAnswer<JobItem>>(page.Value));
    }
}
