using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Storage;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

public sealed class JobCancelTests
{
    [Fact]
    public async Task Cancel_Waiting_FreesCreditsAndQueue()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();

        Assert.Equal(CancelResult.Cancelled, await silo.Job(jobId).Cancel(Samples.Account));
        Assert.Equal(CancelResult.Cancelled, await silo.Job(jobId).Cancel(Samples.Account));

        var view = await silo.Job(jobId).Describe(Samples.Account);
        Assert.Equal((JobStatus.Cancelled, "cancelled", 0), (view!.Status, view.Error!.Code, view.CreditsUsed));
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobId));
        Assert.Equal((1000, 0), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
        Assert.Equal(JobStatus.Cancelled, silo.Projections.Row(jobId)!.Status);
    }

    [Fact]
    public async Task Cancel_BeforeTheAccountAnswered_FreesWhatItHolds()
    {
        await using var silo = await TestSilo.Start();
        var jobId = JobId.New(silo.Time.GetUtcNow());
        silo.State.FailWrite("account", afterStoring: true);
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Submit(Samples.Spec()));
        Assert.Equal((1, 10), (silo.State.Fired, silo.State.Read<AccountState>("account", Samples.Account).Ledger.Held));

        Assert.Equal(CancelResult.Cancelled, await silo.Job(jobId).Cancel(Samples.Account));

        await IsWithdrawn(silo, jobId);
    }

    [Fact]
    public async Task Cancel_AtWork_TheSlotHearsOfItAndItsReportChangesNothing()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        var lease = await silo.Begin(Pools.Cpu);

        await silo.Job(jobId).Cancel(Samples.Account);

        Assert.False(await silo.Job(jobId).ReportProgress(lease.Item.Id, lease.Fence, 0.5));
        await silo.Finish(lease, Samples.Media(275));
        Assert.Equal(JobStatus.Cancelled, (await silo.Job(jobId).Describe(Samples.Account))!.Status);
    }

    [Fact]
    public async Task Cancel_WhileTheOutputIsReported_TheOutputIsNotTakenAndALatePartIsDeleted()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        await silo.ReachRendering(frames: 50);
        await silo.Finish(await silo.Begin(Pools.Gpu), new RenderResult());
        var last = await silo.Begin(Pools.Cpu);
        await silo.Job(jobId).Cancel(Samples.Account);
        var part = ArtifactKeys.Chunk(jobId, 0, 50);
        silo.Media.Add(part, [1]);

        Assert.False(await silo.Finish(last, new AssembleResult("output", 50)));
        Assert.DoesNotContain(part, silo.Media.Keys);
    }

    [Fact]
    public async Task Finish_OfAnotherAttemptAfterCompletion_IsTakenOnlyWithTheOutputThatIsDelivered()
    {
        await using var silo = await TestSilo.Start();
        await silo.Submit();
        await silo.ReachRendering(frames: 50);
        await silo.Finish(await silo.Begin(Pools.Gpu), new RenderResult());
        var last = await silo.Begin(Pools.Cpu);
        Assert.True(await silo.Finish(last, new AssembleResult("output", 50)));

        Assert.True(await silo.Finish(last, new AssembleResult("output", 50)));
        Assert.False(await silo.Finish(last, new AssembleResult("another", 50)));
    }

    [Fact]
    public async Task Cancel_EndedOrUnknownOrAnothersJob_ChangesNothing()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        Assert.Equal(CancelResult.NotFound, await silo.Job(jobId).Cancel("another account"));
        Assert.Equal(CancelResult.NotFound, await silo.Job(JobId.New(silo.Time.GetUtcNow())).Cancel(Samples.Account));

        await silo.Fail(await silo.Begin(Pools.Cpu), "invalid_media", retryable: false);
        Assert.Equal(CancelResult.Ended, await silo.Job(jobId).Cancel(Samples.Account));
        Assert.Equal(JobStatus.Failed, (await silo.Job(jobId).Describe(Samples.Account))!.Status);
    }

    [Fact]
    public async Task Cancel_RacingWithCompletion_ExactlyOneWinsAndTheChargeAgrees()
    {
        await using var silo = await TestSilo.Start(credits: 5000);
        var (cancelled, completed) = (0, 0);
        for (var round = 0; round < 500; round++)
        {
            var before = (await silo.Account.Describe())!.Available;
            var jobId = await silo.Submit();
            await silo.ReachRendering(frames: 50);
            await silo.Finish(await silo.Begin(Pools.Gpu), new RenderResult());
            var last = await silo.Begin(Pools.Cpu);

            // Whoever calls first need not arrive first, but it gives both a chance.
            CancelResult result;
            if (round % 2 == 0)
            {
                var cancelling = silo.Job(jobId).Cancel(Samples.Account);
                await silo.Finish(last, new AssembleResult("output", 50));
                result = await cancelling;
            }
            else
            {
                var finishing = silo.Finish(last, new AssembleResult("output", 50));
                result = await silo.Job(jobId).Cancel(Samples.Account);
                await finishing;
            }

            var status = (await silo.Job(jobId).Describe(Samples.Account))!.Status;
            Assert.Equal(result is CancelResult.Cancelled ? JobStatus.Cancelled : JobStatus.Completed, status);
            Assert.Equal(before - (status is JobStatus.Completed ? 1 : 0), (await silo.Account.Describe())!.Available);
            _ = status is JobStatus.Completed ? completed++ : cancelled++;
        }

        Assert.NotEqual(0, cancelled);
        Assert.NotEqual(0, completed);
        Assert.Equal(0, (await silo.Account.Describe())!.Held);
    }

    [Theory]
    [InlineData("account", 0, false)]
    [InlineData("account", 0, true)]
    [InlineData("job", 0, true)]
    [InlineData("job", 1, false)]
    [InlineData("job", 1, true)]
    public async Task Withdraw_SubmitBrokeOff_FreesTheHoldAndStartsNothing(string record, int write, bool afterStoring)
    {
        await using var silo = await TestSilo.Start();
        var jobId = JobId.New(silo.Time.GetUtcNow());
        silo.State.FailWrite(record, afterStoring, skip: write);
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Submit(Samples.Spec()));
        Assert.Equal(1, silo.State.Fired);

        await silo.Job(jobId).Withdraw(Samples.Spec());
        await silo.Job(jobId).Withdraw(Samples.Spec());
        await silo.Job(jobId).Resume();

        await IsWithdrawn(silo, jobId);

        // A reservation that was thought lost comes late.
        Assert.False(await silo.Account.Reserve(jobId, 10));
        Assert.Equal(0, (await silo.Account.Describe())!.Held);
    }

    [Fact]
    public async Task Withdraw_BeforeTheSubmitArrives_StartsNothing()
    {
        await using var silo = await TestSilo.Start();
        var jobId = JobId.New(silo.Time.GetUtcNow());

        await silo.Job(jobId).Withdraw(Samples.Spec());
        await silo.Job(jobId).Submit(Samples.Spec());

        await IsWithdrawn(silo, jobId);
    }

    [Fact]
    public async Task Withdraw_AccountFails_IsTriedAgainUntilTheHoldIsFree()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        silo.State.FailWrite("account");

        await silo.Job(jobId).Withdraw(Samples.Spec());
        Assert.Equal((1, 10), (silo.State.Fired, (await silo.Account.Describe())!.Held));

        await silo.AdvanceUntil(async () => (await silo.Account.Describe())!.Held == 0);
        await IsWithdrawn(silo, jobId);
    }

    [Fact]
    public async Task Withdraw_RefusedJob_LeavesItAsItIs()
    {
        await using var silo = await TestSilo.Start(credits: 9);
        var jobId = JobId.New(silo.Time.GetUtcNow());
        Assert.False((await silo.Job(jobId).Submit(Samples.Spec())).Accepted);
        var writes = silo.State.Writes["job"];

        await silo.Job(jobId).Withdraw(Samples.Spec());

        Assert.Equal(writes, silo.State.Writes["job"]);
        Assert.Null(await silo.Job(jobId).Describe(Samples.Account));
    }

    private static async Task IsWithdrawn(TestSilo silo, string jobId)
    {
        var view = await silo.Job(jobId).Describe(Samples.Account);
        Assert.Equal((JobStatus.Cancelled, 0L), (view!.Status, view.CreditsUsed));
        Assert.Equal((1000, 0), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobId));
        Assert.Equal(JobStatus.Cancelled, silo.Projections.Row(jobId)!.Status);
    }
}
