using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

/// <summary>A submitter that got no answer, and whose caller was told so.</summary>
public sealed class JobWithdrawTests
{
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
