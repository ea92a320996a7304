using Dapper;
using LipSync.Accounts;
using LipSync.Jobs;

namespace LipSync.Tests.Storage;

[Collection(SqliteBackend.Name)]
public class SqliteProjectionTests(SqliteBackend backend) : ProjectionTests(backend);

[Collection(PostgresBackend.Name)]
public class PostgresProjectionTests(PostgresBackend backend) : ProjectionTests(backend);

/// <summary>What every backend for the lists must do.</summary>
public abstract class ProjectionTests(IStorageBackend backend)
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly IJobProjection jobs = backend.Jobs;
    private readonly string job = JobId.New(Now);

    [Fact]
    public async Task Upsert_OfAnOlderVersion_ChangesNothing()
    {
        await jobs.Upsert(Row(JobStatus.Completed, version: 7), CancellationToken.None);

        await jobs.Upsert(Row(JobStatus.Processing, version: 6), CancellationToken.None);

        await using var connection = backend.Open();
        Assert.Equal("Completed", await connection.ExecuteScalarAsync<string>("SELECT status FROM jobs WHERE job_id = @job", new { job }));
    }

    [Fact]
    public async Task Unfinished_OfAJobThatEnds_NoLongerNamesIt()
    {
        await jobs.Upsert(Row(JobStatus.Queued, version: 1), CancellationToken.None);
        Assert.Contains(job, await jobs.Unfinished(CancellationToken.None), StringComparer.Ordinal);

        await jobs.Upsert(Row(JobStatus.Failed, version: 2), CancellationToken.None);

        Assert.DoesNotContain(job, await jobs.Unfinished(CancellationToken.None), StringComparer.Ordinal);
    }

    [Fact]
    public async Task OldestUnfinished_OfSeveralJobs_IsWhenTheFirstWasSubmitted()
    {
        var longAgo = new DateTimeOffset(1999, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await jobs.Upsert(Row(JobStatus.Queued, version: 1), CancellationToken.None);
        await jobs.Upsert(Row(JobStatus.Processing, version: 1) with { JobId = JobId.New(longAgo), CreatedAt = longAgo }, CancellationToken.None);

        Assert.Equal(longAgo, await jobs.OldestUnfinished(CancellationToken.None));
    }

    [Fact]
    public async Task Append_OfTheSameEntriesAgain_KeepsThemOnce()
    {
        LedgerEntry[] entries =
        [
            new(1, LedgerEntryKind.Open, "open", 100, 0, 100, Now),
            new(2, LedgerEntryKind.Reserve, job, -5, 0, 95, Now),
        ];
        await backend.Ledger.Append(job, [entries[0]], CancellationToken.None);

        await backend.Ledger.Append(job, [.. entries], CancellationToken.None);

        await using var connection = backend.Open();
        Assert.Equal([100, -5], await connection.QueryAsync<long>("SELECT amount FROM ledger_entries WHERE account_id = @job ORDER BY sequence", new { job }));
    }

    private JobRow Row(JobStatus status, long version) =>
        new(job, "dev", InputType.Video, status, Now, Now, version, CreditsUsed: null, ErrorCode: null, OutputKey: null);
}
