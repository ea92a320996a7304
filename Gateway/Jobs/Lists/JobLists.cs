using System.Globalization;
using LipSync.Gateway.Json;
using LipSync.Gateway.Media;
using LipSync.Gateway.Paging;
using LipSync.Jobs;

namespace LipSync.Gateway.Jobs.Lists;

/// <summary>Answers pages of jobs: an account's own, or the operator's.</summary>
public sealed class JobLists(IGrainFactory grains, MediaLinks links)
{
    /// <summary>The page that a request asks for.</summary>
    /// <param name="query">Its filters must be known; <c>status</c> is read here.</param>
    /// <param name="accountId">Whose jobs; null: all accounts', and each item says whose it is.</param>
    /// <param name="forOperator">Whether items name their account, and hold no link to the customer's video.</param>
    public async Task<Validated<PageAnswer<JobItem>>> Page(
        HttpRequest request, ListQuery query, string? accountId, bool forOperator, CancellationToken cancellationToken)
    {
        var wanted = new JobQuery(accountId, query.Word<JobStatus>("status"), query.Limit(), query.Cursor(ReadPlace));
        if (query.Error is { } refused)
        {
            return refused;
        }

        var page = await grains.GetGrain<IJobListGrain>(0).List(wanted);
        var items = new List<JobItem>(page.Jobs.Length);
        foreach (var job in page.Jobs)
        {
            var item = ItemOf(job);
            items.Add(forOperator
                ? item with { AccountId = job.AccountId }
                : item with { OutputUrl = await links.CreateForOutput(request, job.OutputKey, job.OutputExpiresAt, cancellationToken) });
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return new PageAnswer<JobItem>(items, page.Next is { } next ? Cursor.Of(Text(next)) : null);
    }

    private static JobItem ItemOf(JobSummary job) => new()
    {
        JobId = job.JobId,
        InputType = job.InputType,
        Status = job.Status,
        OutputExpiresAt = job.OutputExpiresAt,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
        CreditsUsed = job.CreditsUsed,
        Error = job.Error,
        Metadata = Metadata.Echo(job.Metadata),
    };

    private static string Text(JobPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.At.UtcTicks}.{place.JobId}");

    private static JobPlace? ReadPlace(string text) =>
        text.Split('.') is [var ticks, var jobId]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= DateTimeOffset.MaxValue.UtcTicks
        && JobId.IsWellFormed(jobId)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), jobId)
            : null;
}
