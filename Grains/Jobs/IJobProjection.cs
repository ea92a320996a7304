using System.Collections.Immutable;

namespace LipSync.Jobs;

/// <summary>The jobs of all accounts in a table that can be listed.</summary>
public interface IJobProjection
{
    /// <summary>Writes a row, unless the table holds one of the same or a later <see cref="JobRow.Version"/>.</summary>
    Task Upsert(JobRow row, CancellationToken cancellationToken);

    /// <summary>Ids of the jobs that have not ended.</summary>
    Task<ImmutableArray<string>> Unfinished(CancellationToken cancellationToken);

    /// <summary>The jobs that a query asks for, newest first; deleted ones are in no list.</summary>
    Task<ImmutableArray<JobSummary>> List(JobQuery query, CancellationToken cancellationToken);

    /// <summary>Jobs whose output is there and should not be any more, by the time at which it expired; at most so many.</summary>
    /// <param name="after">The last one of the page before; null: the first page.</param>
    Task<ImmutableArray<JobPlace>> Expired(DateTimeOffset now, JobPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>When the oldest job that has not ended was submitted; null: all have ended.</summary>
    Task<DateTimeOffset?> OldestUnfinished(CancellationToken cancellationToken);
}

/// <param name="Version">Grows with every change of the job.</param>
/// <param name="CreditsUsed">Null while it is not decided.</param>
/// <param name="ErrorCode">Null unless the job failed or was cancelled.</param>
/// <param name="OutputKey">Null where there is no output, or no longer.</param>
/// <param name="ExpiresAt">When the output is deleted, or was.</param>
/// <param name="IsDeleted">The job is in no list. The row stays, so that no earlier one comes back.</param>
public sealed record JobRow(
    string JobId,
    string AccountId,
    InputType InputType,
    JobStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version,
    long? CreditsUsed,
    string? ErrorCode,
    string? OutputKey,
    string? ErrorMessage = null,
    string? Metadata = null,
    DateTimeOffset? ExpiresAt = null,
    bool IsDeleted = false);
