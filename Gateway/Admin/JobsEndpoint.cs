using LipSync.Gateway.Errors;
using LipSync.Gateway.Jobs.Lists;
using LipSync.Gateway.Json;
using LipSync.Gateway.Lists;
using LipSync.Gateway.OpenApi;
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
        .WithWords<JobStatus>("status")
        .WithPaging()
        .ProducesErrors(RequestErrors.InvalidRequest);

    /// <param name="account">Only jobs of this account.</param>
    /// <param name="status">Only jobs of this status.</param>
    private static async Task<Results<Ok<Envelope<ListAnswer<JobItem>>>, ApiError>> List(
        string? account, string? status, string? limit, string? cursor, HttpRequest request, JobLists lists)
    {
        var errors = new FieldErrors();
        Filters.RefuseUnknown(request, errors, "account", "status", "limit", "cursor");
        var query = JobLists.Read(account, status, limit, cursor, errors);
        return errors.ToError() is { } refused ? refused : TypedResults.Ok(new Envelope<ListAnswer<JobItem>>(await lists.ForOperator(query)));
    }
}
