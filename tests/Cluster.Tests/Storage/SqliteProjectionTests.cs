using Dapper;
using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Silo.Storage;

namespace LipSync.Tests.Storage;

public class SqliteProjectionTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly SqliteJobProjection jobs = new(fixture.Database, fixture.Writer);
    private readonly string job = JobId.New(Now);

    [Fact]
    public async Task Upsert_OfAnOlderVersion_ChangesNothing()
    {
        await jobs.Upsert(Row(JobStatus.Completed, version: 7), CancellationToken.None);

        await jobs.Upsert(Row(JobStatus.Processing, version: 6), CancellationToken.None);

        await using var connection = fixture.Database.Open();
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
    public async Task Append_OfTheSameEntriesAgain_KeepsThemOnce()
    {
        var ledger = new SqliteLedgerProjection(fixture.Writer);
        LedgerEntry[] entries =
        [
            new(1, LedgerEntryKind.Open, "open", 100, 0, 100, Now),
            new(2, LedgerEntryKind.Reserve, job, -5, 0, 95, Now),
        ];
        await ledger.Append(job, [entries[0]], CancellationToken.None);

        await ledger.Append(job, [.. entries], CancellationToken.None);

        await using var connection = fixture.Database.Open();
        Assert.Equal([100, -5], await connection.QueryAsync<long>("SELECT amount FROM ledger_entries WHERE account_id = @job ORDER BY sequence", new { job }));
    }

    private JobRow Row(JobStatus status, long version) =>
        new(job, "dev", InputType.Video, status, Now, Now, version, CreditsUsed: null, ErrorCode: null, OutputKey: null);
}
