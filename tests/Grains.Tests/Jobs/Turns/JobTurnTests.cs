using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs.Turns;

/// <summary>Over its plan's parallel jobs (two of the plan Free) an account's jobs wait.</summary>
public sealed class JobTurnTests
{
    private static readonly JobSpec Spec = Samples.Spec() with { Limits = Samples.Limits with { ParallelJobs = 2 } };

    [Fact]
    public async Task Submit_OverThePlansParallelJobs_WaitsInLine()
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Spec)];

        Assert.Equal([0, 1, 0, 1], await Positions(silo, jobs));
        Assert.NotNull(await silo.Queue(Pools.Cpu).Position(jobs[1]));
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobs[2]));
        Assert.Equal(40, (await silo.Account.Describe())!.Held);
        Assert.Contains(jobs[3], await silo.Projections.Unfinished(CancellationToken.None), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Submit_JobFromBeforeThereWereTurns_DoesNotWait()
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Samples.Spec())];

        Assert.NotNull(await silo.Queue(Pools.Cpu).Position(jobs[2]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Turn_APlaceIsFree_GoesToWhoWaitsLongest(bool cancel)
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Spec)];
        if (cancel)
        {
            await silo.Job(jobs[0]).Cancel(Samples.Account);
        }
        else
        {
            await silo.Fail(await silo.Begin(Pools.Cpu), "invalid_media", retryable: false);
        }

        await silo.AdvanceUntil(async () => await silo.Queue(Pools.Cpu).Position(jobs[2]) is not null);
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobs[3]));
        Assert.Equal(0, (await silo.Job(jobs[3]).Describe(Samples.Account))!.QueuePosition);
    }

    [Fact]
    public async Task Cancel_WaitingJob_FreesItsHoldAndItsPlaceInLine()
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Spec)];

        Assert.Equal(CancelResult.Cancelled, await silo.Job(jobs[2]).Cancel(Samples.Account));

        Assert.Equal(30, (await silo.Account.Describe())!.Held);
        Assert.Equal(0, (await silo.Job(jobs[3]).Describe(Samples.Account))!.QueuePosition);
        Assert.Equal(JobStatus.Cancelled, silo.Projections.Row(jobs[2])!.Status);
    }

    [Fact]
    public async Task Turn_TheCallIsLost_TheReminderAsksAgain()
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Spec)];
        silo.Failures.Fail("IJobGrain.TakeTurn", 1);
        await silo.Job(jobs[0]).Cancel(Samples.Account);
        await silo.AdvanceUntil(() => silo.Failures.Fired == 1);
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobs[2]));

        await silo.Job(jobs[2]).AsReference<IRemindable>().ReceiveReminder("resume", default);

        Assert.NotNull(await silo.Queue(Pools.Cpu).Position(jobs[2]));
    }

    [Fact]
    public async Task Turn_TheLineIsLostWithTheAccount_FormsAgain()
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Spec)];
        await silo.Deactivate(silo.Account);
        await silo.Job(jobs[2]).Resume();
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobs[2]));

        await silo.Job(jobs[1]).Cancel(Samples.Account);

        await silo.AdvanceUntil(async () => await silo.Queue(Pools.Cpu).Position(jobs[2]) is not null);
    }

    [Theory]
    [InlineData("job", 1, false)]
    [InlineData("job", 1, true)]
    [InlineData("account", 0, false)]
    [InlineData("account", 0, true)]
    public async Task Submit_BreaksOffBeforeItWaits_SubmittingAgainWaitsOnce(string record, int write, bool afterStoring)
    {
        await using var silo = await TestSilo.Start();
        await silo.Submit(Spec);
        await silo.Submit(Spec);
        var third = JobId.New(silo.Time.GetUtcNow());
        silo.State.FailWrite(record, afterStoring, skip: write);

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(third).Submit(Spec));
        Assert.Equal(1, silo.State.Fired);
        Assert.True((await silo.Job(third).Submit(Spec)).Accepted);

        Assert.Equal(30, (await silo.Account.Describe())!.Held);
        Assert.Equal(0, (await silo.Job(third).Describe(Samples.Account))!.QueuePosition);
        Assert.Null(await silo.Queue(Pools.Cpu).Position(third));
    }

    [Theory]
    [InlineData("job", false)]
    [InlineData("job", true)]
    [InlineData("account", false)]
    [InlineData("account", true)]
    public async Task Turn_SaveFails_IsTakenOnceInTheEnd(string record, bool afterStoring)
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(Spec), await silo.Submit(Spec), await silo.Submit(Spec)];
        await silo.AdvanceUntil(() => silo.Projections.Row(jobs[2]) is not null);
        silo.Failures.Fail("IJobGrain.TakeTurn", 1);
        await silo.Job(jobs[0]).Cancel(Samples.Account);
        await silo.AdvanceUntil(() => silo.Failures.Fired == 1);
        silo.State.FailWrite(record, afterStoring);

        // A failed save ends the call, a failed account is asked again.
        await Record.ExceptionAsync(() => silo.Job(jobs[2]).Resume());
        Assert.Equal(1, silo.State.Fired);
        await silo.AdvanceUntil(async () =>
        {
            await silo.Job(jobs[2]).Resume();
            return await silo.Queue(Pools.Cpu).Position(jobs[2]) is not null;
        });

        Assert.Equal(jobs[1..].Order(StringComparer.Ordinal), silo.State.Read<AccountState>("account", Samples.Account).Running.Order(StringComparer.Ordinal));
    }

    private static async Task<int?[]> Positions(TestSilo silo, string[] jobs) =>
        await Task.WhenAll(jobs.Select(async job => (await silo.Job(job).Describe(Samples.Account))!.QueuePosition));
}
