using System.Globalization;
using LipSync.Gateway.Json;
using LipSync.Gateway.Lists;
using LipSync.Gateway.Media;
using LipSync.Jobs;

namespace LipSync.Gateway.Jobs.Lists;

/// <summary>Answers pages of jobs: an account's own, or the operator's.</summary>
public sealed class JobLists(IGrainFactory grains, MediaLinks links)
{
    private const string Name = "jobs";

    /// <summary>The query that a request's parameters are, or else what is wrong with them in <paramref name="errors"/>.</summary>
    public static JobQuery Read(string? accountId, string? status, string? limit, string? cursor, FieldErrors errors)
    {
        var page = PageQuery.Read(Name, limit, cursor, errors);
        var after = page.After is { } text ? ReadPlace(text) : null;
        if (page.After is not null && after is null)
        {
            PageQuery.WrongCursor(errors);
        }

        return new(accountId, Filters.Word<JobStatus>("status", status, errors), page.Limit, after);
    }

    /// <summary>The page as the jobs' customer sees it.</summary>
    public Task<ListAnswer<JobItem>> ForCustomer(HttpRequest request, JobQuery query, CancellationToken cancellationToken) =>
        Page(query, async job => ItemOf(job) with
        {
            OutputUrl = await links.CreateForOutput(request, job.OutputKey, job.OutputExpiresAt, cancellationToken),
        });

    /// <summary>The page as the operator sees it: whose jobs they are, without links to the customers' videos.</summary>
    public Task<ListAnswer<JobItem>> ForOperator(JobQuery query) =>
        Page(query, job => Task.FromResult(ItemOf(job) with { AccountId = job.AccountId }));

    private async Task<ListAnswer<JobItem>> Page(JobQuery query, Func<JobSummary, Task<JobItem>> itemOf)
    {
        var page = await grains.GetGrain<IJobListGrain>(0).List(query);
        var items = new List<JobItem>(page.Jobs.Length);
        foreach (var job in page.Jobs)
        {
            items.Add(await itemOf(job));
        }

        return new(items, page.Next is { } next ? Cursor.Write(Name, Text(next)) : null);
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
