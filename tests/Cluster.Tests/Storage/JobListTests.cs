using System.Collections.Immutable;
using Dapper;
using LipSync.Jobs;

namespace LipSync.Tests.Storage;

[Collection(SqliteBackend.Name)]
public class SqliteJobListTests(SqliteBackend backend) : JobListTests(backend)
{
    private readonly SqliteBackend backend = backend;

    [Theory]
    [InlineData("account_id = 'a'", "jobs_of_account ")]
    [InlineData("account_id = 'a' AND status = 'Queued'", "jobs_of_account_by_status ")]
    [InlineData("status = 'Queued'", "jobs_of_all_by_status ")]
    [InlineData("account_id = 'a' AND (created_at, job_id) < ('2030', 'job')", "jobs_of_account ")]
    public void List_AnyFilter_IsReadInOrderFromItsIndex(string conditions, string index)
    {
        using var connection = backend.Open();

        var plan = string.Join('\n', connection
            .Query($"EXPLAIN QUERY PLAN SELECT * FROM jobs WHERE NOT deleted AND {conditions} ORDER BY created_at DESC, job_id DESC LIMIT 20")
            .Select(step => (string)step.detail));

        Assert.Contains($"USING INDEX {index}", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }
}

[Collection(PostgresBackend.Name)]
public class PostgresJobListTests(PostgresBackend backend) : JobListTests(backend);

/// <summary>What every backend's lists of jobs must do.</summary>
public abstract class JobListTests(IStorageBackend backend)
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly IJobProjection jobs = backend.Jobs;
    private readonly string account = $"account-{Guid.NewGuid():N}";

    [Fact]
    public async Task List_AllMembers_AreAnsweredAsTheyWereWritten()
    {
        var row = new JobRow(
            JobId.New(Now), account, InputType.Image, JobStatus.Failed, Now, Now.AddTicks(10), 3, 5, "no_face_found", "jobs/o.mp4", "Nobody.", """{"a":"b"}""", Now.AddDays(1));
        await jobs.Upsert(row, CancellationToken.None);

        Assert.Equal(
            new JobSummary
            {
                JobId = row.JobId, AccountId = account, InputType = InputType.Image, Status = JobStatus.Failed, CreatedAt = Now, UpdatedAt = Now.AddTicks(10),
                CreditsUsed = 5, Error = new("no_face_found", "Nobody."), Metadata = """{"a":"b"}""", OutputKey = "jobs/o.mp4", OutputExpiresAt = Now.AddDays(1),
            },
            Assert.Single(await List(status: null)));
    }

    [Fact]
    public async Task List_RowFromBeforeTheLists_IsReadable()
    {
        var job = JobId.New(Now);
        await jobs.Upsert(Row(job, Now, JobStatus.Failed), CancellationToken.None);
        await using var connection = backend.Open();
        await connection.ExecuteAsync("UPDATE jobs SET error_code = 'no_face_found' WHERE job_id = @job", new { job });

        var summary = Assert.Single(await List(status: null));

        Assert.Equal((new JobError("no_face_found", ""), null, null), (summary.Error, summary.Metadata, summary.OutputExpiresAt));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(JobStatus.Queued)]
    public async Task List_PageByPage_AnswersEveryJobOnceAndNewestFirst(JobStatus? status)
    {
        // Several at the same time, so that the order within it matters.
        var ids = Enumerable.Range(0, 25).Select(number => (Id: JobId.New(Now), At: Now.AddMilliseconds(number / 4))).ToList();
        foreach (var (id, at) in ids)
        {
            await jobs.Upsert(Row(id, at, JobStatus.Queued), CancellationToken.None);
        }

        await jobs.Upsert(Row(JobId.New(Now), Now, JobStatus.Queued) with { AccountId = "another" }, CancellationToken.None);
        List<string> listed = [];
        JobPlace? after = null;
        do
        {
            var page = await List(status, after, limit: 10);
            listed.AddRange(page.Select(job => job.JobId));
            after = page is [.., var last] ? new(last.CreatedAt, last.JobId) : null;
        }
        while (after is not null);

        Assert.Equal(ids.OrderByDescending(job => job.At).ThenByDescending(job => job.Id, StringComparer.Ordinal).Select(job => job.Id), listed);
    }

    [Fact]
    public async Task List_ByStatus_AnswersOnlyThose()
    {
        var (failed, queued) = (JobId.New(Now), JobId.New(Now));
        await jobs.Upsert(Row(failed, Now, JobStatus.Failed), CancellationToken.None);
        await jobs.Upsert(Row(queued, Now, JobStatus.Queued), CancellationToken.None);

        Assert.Equal(failed, Assert.Single(await List(JobStatus.Failed)).JobId);
    }

    [Fact]
    public async Task List_OfAllAccounts_NamesThem()
    {
        var future = Now.AddYears(50);
        await jobs.Upsert(Row(JobId.New(future), future, JobStatus.Queued), CancellationToken.None);

        Assert.Equal(account, (await jobs.List(new(AccountId: null, JobStatus.Queued, 1, After: null), CancellationToken.None)).Single().AccountId);
        Assert.Equal(account, (await jobs.List(new(AccountId: null, Status: null, 1, After: null), CancellationToken.None)).Single().AccountId);
    }

    [Fact]
    public async Task List_DeletedJob_IsGoneAndNoEarlierRowBringsItBack()
    {
        var job = JobId.New(Now);
        await jobs.Upsert(Row(job, Now, JobStatus.Cancelled) with { Version = 9, IsDeleted = true }, CancellationToken.None);

        await jobs.Upsert(Row(job, Now, JobStatus.Processing) with { Version = 8 }, CancellationToken.None);

        Assert.Empty(await List(status: null));
    }

    [Fact]
    public async Task Expired_PageByPage_AnswersOutputsThatAreStillThereByTheirTime()
    {
        var longAgo = new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var expired = Enumerable.Range(0, 5).Select(number => new JobPlace(longAgo.AddHours(number / 2), JobId.New(Now))).ToList();
        foreach (var (at, id) in expired)
        {
            await jobs.Upsert(Row(id, Now, JobStatus.Completed) with { OutputKey = "o", ExpiresAt = at }, CancellationToken.None);
        }

        await jobs.Upsert(Row(JobId.New(Now), Now, JobStatus.Completed) with { ExpiresAt = longAgo }, CancellationToken.None);
        await jobs.Upsert(Row(JobId.New(Now), Now, JobStatus.Completed) with { OutputKey = "o", ExpiresAt = longAgo.AddHours(3) }, CancellationToken.None);

        var first = await jobs.Expired(longAgo.AddHours(2), after: null, 3, CancellationToken.None);
        var second = await jobs.Expired(longAgo.AddHours(2), first[^1], 3, CancellationToken.None);

        Assert.Equal((3, 2), (first.Length, second.Length));
        Assert.Equal(expired.OrderBy(place => place.At).ThenBy(place => place.JobId, StringComparer.Ordinal), first.Concat(second));
    }

    private Task<ImmutableArray<JobSummary>> List(JobStatus? status, JobPlace? after = null, int limit = 10) =>
        jobs.List(new(account, status, limit, after), CancellationToken.None);

    private JobRow Row(string jobId, DateTimeOffset at, JobStatus status) =>
        new(jobId, account, InputType.Video, status, at, at, 1, CreditsUsed: null, ErrorCode: null, OutputKey: null);
}
