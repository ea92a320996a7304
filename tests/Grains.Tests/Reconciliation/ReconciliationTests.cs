using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Reconciliation;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Reconciliation;

public sealed class ReconciliationTests
{
    [Fact]
    public async Task Run_OverEveryKindOfHold_SaysWhatItFoundAndExpiresOnlyWhatIsLost()
    {
        await using var silo = await TestSilo.Start(credits: 1000);
        await silo.Account.Reserve("lost", 7);
        silo.Time.Advance(TimeSpan.FromHours(1));
        await silo.Account.Reserve("young", 5);
        var waiting = await silo.Submit();

        var report = await Run(silo);

        Assert.Equal((1, 0, 1, 0, 2, 0, 0), (report.Accounts, report.Matched, report.Waiting, report.Ended, report.Orphaned, report.Unbalanced, report.Failed));
        var holds = (await silo.Account.OpenHolds(after: null, limit: 10)).Select(hold => hold.OperationId);
        Assert.Equal(new[] { waiting, "young" }.Order(StringComparer.Ordinal), holds);
        await silo.Account.Release("none");
        Assert.Contains(silo.Projections.Entries(Samples.Account), entry => entry is { Kind: LedgerEntryKind.Expire, OperationId: "lost", Amount: 7 });
    }

    [Fact]
    public async Task Run_OverAccountsOfManyPages_LooksAtEach()
    {
        await using var silo = await TestSilo.Start();
        foreach (var number in Enumerable.Range(0, 120))
        {
            await silo.Grains.GetGrain<IAccountGrain>($"account-{number}").Open(Plan.Free, 1);
        }

        Assert.Equal(121, (await Run(silo)).Accounts);
    }

    [Fact]
    public async Task Run_EntryIsMissing_CountsTheAccountAsUnbalanced()
    {
        await using var silo = await TestSilo.Start(credits: 100);
        await silo.Account.Grant("gift", 3);
        silo.Projections.Lose(Samples.Account, sequence: 1);
        Assert.Equal(1, (await Run(silo)).Unbalanced);
    }

    [Fact]
    public async Task Run_AnAccountDoesNotAnswer_TheOthersAreLookedAt()
    {
        await using var silo = await TestSilo.Start();
        await silo.Grains.GetGrain<IAccountGrain>("another").Open(Plan.Free, 1);
        silo.Failures.Fail("IAccountGrain.OpenHolds", times: 1);
        var report = await Run(silo);
        Assert.Equal((2, 1), (report.Accounts, report.Failed));
    }

    [Theory]
    [InlineData(null, HoldState.Orphaned)]
    [InlineData(JobStatus.Queued, HoldState.Waiting)]
    [InlineData(JobStatus.Processing, HoldState.Matched)]
    [InlineData(JobStatus.Completed, HoldState.Ended)]
    [InlineData(JobStatus.Failed, HoldState.Ended)]
    [InlineData(JobStatus.Cancelled, HoldState.Ended)]
    public void Of_AJob_IsTheStateOfItsHold(JobStatus? status, HoldState expected) => Assert.Equal(
        expected,
        HoldStates.Of(status is null
            ? null
            : new JobView { JobId = "job", InputType = InputType.Video, Status = status.Value, CreatedAt = default, UpdatedAt = default, Progress = 0 }));

    [Fact]
    public void IsLost_AHold_OnceItIsOldEnough()
    {
        var (now, hour) = (DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1));
        Assert.True(HoldStates.IsLost(new("job", 1, now - hour), hour, now));
        Assert.False(HoldStates.IsLost(new("job", 1, now - hour + TimeSpan.FromTicks(1)), hour, now));
        Assert.True(HoldStates.IsLost(new("job", 1, Since: null), hour, now));
    }

    private static async Task<ReconciliationReport> Run(TestSilo silo)
    {
        var grain = silo.Grains.GetGrain<IReconciliationGrain>(IReconciliationGrain.Key);
        await grain.Run();

        // The clock stands meanwhile: calls of a pass on a busy machine would run into their limits.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        ReconciliationReport? report;
        while ((report = await grain.Latest()) is null)
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }

        return report;
    }
}
