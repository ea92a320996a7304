using System.Collections.Immutable;

namespace LipSync.Jobs;

/// <summary>The jobs of all accounts in a table that can be listed.</summary>
public interface IJobProjection
{
    /// <summary>Writes a row, unless the table holds one of the same or a later <see cref="JobRow.Version"/>.</summary>
    Task Upsert(JobRow row, CancellationToken cancellationToken);

    /// <summary>Ids of the jobs that have not ended.</summary>
    Task<ImmutableArray<string>> Unfinished(CancellationToken cancellationToken);

    /// <summary>When the oldest job that has not ended was submitted; null: all have ended.</summary>
    Task<DateTimeOffset?> OldestUnfinished(CancellationToken cancellationToken);
}

/// <param name="Version">Grows with every change of the job.</param>
/// <param name="CreditsUsed">Null while it is not decided.</param>
/// <param name="ErrorCode">Null unless the job failed.</param>
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
    string? OutputKey);
