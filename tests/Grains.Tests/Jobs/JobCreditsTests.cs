using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

public sealed class JobCreditsTests
{
    [Fact]
    public async Task Submit_TooFewCredits_IsRefusedForGoodAndQueuesNothing()
    {
        await using var silo = await TestSilo.Start(credits: 9);
        var jobId = JobId.New(silo.Time.GetUtcNow());

        var refused = await silo.Job(jobId).Submit(Samples.Spec());
        Assert.Equal((false, 10), (refused.Accepted, refused.EstimatedCredits));
        Assert.Equal(refused, await silo.Job(jobId).Submit(Samples.Spec()));
        Assert.Null(await silo.Job(jobId).Describe(Samples.Account));
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobId));
        Assert.Equal((9, 0), await Credits(silo));
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData(61.0, 6)]
    [InlineData(500.0, 10)]
    public async Task Submit_BeforeTheDurationIsKnown_HoldsTheLimitsPrice(double? maxDuration, long held)
    {
        await using var silo = await TestSilo.Start();
        await silo.Submit(Samples.Spec(maxDuration));
        Assert.Equal((1000 - held, held), await Credits(silo));
    }

    [Fact]
    public async Task Ingested_DurationKnown_ReducesTheHoldToTheExactPrice()
    {
        await using var silo = await TestSilo.Start();
        await silo.Submit();
        await silo.Finish(await silo.Begin(Pools.Cpu), Samples.Media(frames: 1501));
        Assert.Equal((994, 6), await Credits(silo));
    }

    [Fact]
    public async Task Completed_AnyWay_LedgerAddsUpToTheBalance()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        await silo.ReachRendering(frames: 50);
        await silo.Finish(await silo.Begin(Pools.Gpu), new RenderResult());
        await silo.Finish(await silo.Begin(Pools.Cpu), new AssembleResult("output", 50));

        Assert.Equal(1, (await silo.Job(jobId).Describe(Samples.Account))!.CreditsUsed);
        Assert.Equal((999, 0), await Credits(silo));
        await silo.Projections.WhenEntries(Samples.Account, 4);
        var entries = silo.Projections.Entries(Samples.Account);
        Assert.Equal(
            [LedgerEntryKind.Open, LedgerEntryKind.Reserve, LedgerEntryKind.Reduce, LedgerEntryKind.Settle], entries.Select(entry => entry.Kind));
        Assert.Equal(999, entries.Sum(entry => entry.Amount));
    }

    [Fact]
    public async Task FinishItem_InputRefused_FailsAtOnceWithItsCodeAndReleases()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        await silo.Fail(await silo.Begin(Pools.Cpu), "no_audio_stream", retryable: false);

        var view = await silo.Job(jobId).Describe(Samples.Account);
        Assert.Equal((JobStatus.Failed, "no_audio_stream", 0L), (view!.Status, view.Error!.Code, view.CreditsUsed!.Value));
        Assert.Equal((1000, 0), await Credits(silo));
    }

    [Fact]
    public async Task FinishItem_OutputLongerThanThePlanAllows_FailsWithDurationTooLong()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        await silo.Finish(await silo.Begin(Pools.Cpu), Samples.Media(frames: (120 * 25) + 1));
        Assert.Equal("duration_too_long", (await silo.Job(jobId).Describe(Samples.Account))!.Error!.Code);
        Assert.Equal((1000, 0), await Credits(silo));
    }

    [Fact]
    public async Task FinishItem_MachineFailsThreeTimes_TriesThreeTimesThenFailsAndReleases()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var lease = await silo.Begin(Pools.Cpu);
            await silo.Fail(lease, "processing_failed", retryable: true);
            await silo.Queue(Pools.Cpu).Return(lease.Item.Id, lease.Fence);
            var status = (await silo.Job(jobId).Describe(Samples.Account))!.Status;
            Assert.Equal(attempt < 3 ? JobStatus.Processing : JobStatus.Failed, status);
        }

        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobId));
        Assert.Equal((1000, 0), await Credits(silo));
    }

    private static async Task<(long Available, long Held)> Credits(TestSilo silo)
    {
        var account = await silo.Account.Describe();
        return (account!.Available, account.Held);
    }
}
