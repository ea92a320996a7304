using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;
using Orleans.Storage;

namespace LipSync.Tests.Jobs;

/// <summary>Two silos that don't know of each other over the same records: every grain can be active twice.</summary>
public sealed class TwoActivationsTests : IAsyncLifetime
{
    private TestSilo? first;
    private TestSilo? second;

    private TestSilo One => first!;

    private TestSilo Other => second!;

    public async Task InitializeAsync()
    {
        first = await TestSilo.Start();
        second = await TestSilo.Start(projections: first.Projections, state: first.State);
    }

    public async Task DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
    }

    [Fact]
    public async Task Job_ChangedByBoth_OneWinsAndTheOtherLeavesNoTrace()
    {
        var jobId = await One.Submit();
        Assert.Equal(JobStatus.Queued, (await Other.Job(jobId).Describe(Samples.Account))!.Status);
        await One.Finish(await One.Begin(Pools.Cpu), Samples.Media(275));

        // It still believes that the job is queued.
        await Assert.ThrowsAsync<InconsistentStateException>(() => Other.Job(jobId).Cancel(Samples.Account));

        Assert.Equal((JobStatus.Processing, Stage.Analyze), await Seen(One, jobId));
        Assert.Equal((JobStatus.Processing, Stage.Analyze), await Seen(Other, jobId));
        Assert.Equal(1, (await One.Account.Describe())!.Held);
        Assert.Equal(JobStatus.Processing, One.Projections.Row(jobId)!.Status);
    }

    [Fact]
    public async Task Job_TurnTakenByBoth_IsTakenOnceAndOfferedOnce()
    {
        var spec = Samples.Spec() with { Limits = Samples.Limits with { ParallelJobs = 2 } };
        string[] jobs = [await One.Submit(spec), await One.Submit(spec), await One.Submit(spec)];
        Assert.Equal(JobStatus.Queued, (await Other.Job(jobs[2]).Describe(Samples.Account))!.Status);
        await One.Job(jobs[0]).Cancel(Samples.Account);
        await One.AdvanceUntil(async () => await One.Queue(Pools.Cpu).Position(jobs[2]) is not null);

        // It still believes that the job waits; the account gives it the place that it has.
        await Assert.ThrowsAsync<InconsistentStateException>(() => Other.Job(jobs[2]).Resume());

        Assert.Null(await Other.Queue(Pools.Cpu).Position(jobs[2]));
        await Other.Job(jobs[2]).Resume();
        Assert.Equal(jobs[1..].Order(StringComparer.Ordinal), One.State.Read<LipSync.Accounts.AccountState>("account", Samples.Account).Running.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Job_SubmittedToTheOneThatMissedItsWithdrawal_StartsNothing()
    {
        var jobId = JobId.New(One.Time.GetUtcNow());
        Assert.Null(await Other.Job(jobId).Describe(Samples.Account));
        await One.Job(jobId).Withdraw(Samples.Spec());

        // It still believes that there is no such job.
        await Assert.ThrowsAsync<InconsistentStateException>(() => Other.Job(jobId).Submit(Samples.Spec()));

        Assert.Equal(JobStatus.Cancelled, (await Other.Job(jobId).Describe(Samples.Account))!.Status);
        Assert.Equal(0, (await One.Account.Describe())!.Held);
        Assert.Null(await Other.Queue(Pools.Cpu).Position(jobId));
    }

    [Fact]
    public async Task Account_ChangedByBoth_OneWinsAndTheOtherTriesAgainOnWhatIsTrue()
    {
        Assert.NotNull(await Other.Account.Describe());
        Assert.True(await One.Account.Reserve("first", 600));

        await Assert.ThrowsAsync<InconsistentStateException>(() => Other.Account.Reserve("second", 600));

        Assert.False(await Other.Account.Reserve("second", 600));
        Assert.True(await Other.Account.Reserve("third", 400));
        await Assert.ThrowsAsync<InconsistentStateException>(() => One.Account.Settle("first", 100));
        await One.Account.Settle("first", 100);
        Assert.Equal((500, 400), ((await One.Account.Describe())!.Available, (await One.Account.Describe())!.Held));
    }

    [Fact]
    public async Task Account_RefusalOfTheOneThatMissedAChange_IsDecidedOnWhatIsTrue()
    {
        Assert.True(await One.Account.Reserve("first", 600));
        await Other.Deactivate(Other.Account);
        Assert.False(await Other.Account.Reserve("second", 600));
        await One.Account.Release("first");

        // It still believes that 600 are held; a refusal would be final.
        Assert.True(await Other.Account.Reserve("second", 600));
        Assert.Equal((400, 600), ((await Other.Account.Describe())!.Available, (await Other.Account.Describe())!.Held));
    }

    [Fact]
    public async Task Account_OperationOfWhichTheOneKnowsNothing_IsReducedAndSettledOnWhatIsTrue()
    {
        Assert.NotNull(await Other.Account.Describe());
        Assert.True(await One.Account.Reserve("job", 600));

        // It knows of no hold: to change nothing would leave it open for ever.
        await Other.Account.Reduce("job", 100);
        Assert.Equal((900, 100), ((await Other.Account.Describe())!.Available, (await Other.Account.Describe())!.Held));

        Assert.True(await Other.Account.Reserve("job two", 50));
        await Assert.ThrowsAsync<InconsistentStateException>(() => One.Account.Settle("job", 100));
        await One.Account.Settle("job", 100);
        await One.Account.Settle("job two", 50);
        Assert.Equal((850, 0), ((await One.Account.Describe())!.Available, (await One.Account.Describe())!.Held));
    }

    [Fact]
    public async Task Account_OperationThatIsResolved_IsAnsweredWithoutReading()
    {
        Assert.True(await One.Account.Reserve("job", 600));
        await One.Account.Settle("job", 600);
        var reads = One.State.Reads["account"];

        await One.Account.Settle("job", 600);
        await One.Account.Release("job");
        Assert.False(await One.Account.Reserve("job", 600));

        Assert.Equal(reads, One.State.Reads["account"]);
    }

    [Fact]
    public async Task Account_HammeredThroughBoth_EveryReservationIsMadeOnceAndTheSumIsRight()
    {
        // Both have read the same record before either changes it.
        Assert.Equal((await One.Account.Describe())!.Available, (await Other.Account.Describe())!.Available);
        var conflicts = 0;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => ReserveInTheEnd(number % 2 == 0 ? One : Other, $"operation-{number}")));

        Assert.NotEqual(0, conflicts);
        await One.Deactivate(One.Account);
        Assert.Equal((900, 100), ((await One.Account.Describe())!.Available, (await One.Account.Describe())!.Held));

        async Task ReserveInTheEnd(TestSilo silo, string operation)
        {
            while (true)
            {
                try
                {
                    Assert.True(await silo.Account.Reserve(operation, 1));
                    return;
                }
                catch (InconsistentStateException)
                {
                    Interlocked.Increment(ref conflicts);
                }
                catch (OrleansMessageRejectionException)
                {
                    // It met an activation that was given up after a conflict, and could not be forwarded.
                }
            }
        }
    }

    private static async Task<(JobStatus Status, Stage? Stage)> Seen(TestSilo silo, string jobId) =>
        await silo.Job(jobId).Describe(Samples.Account) is { } view ? (view.Status, view.Stage) : throw new InvalidOperationException("There is no such job.");
}
