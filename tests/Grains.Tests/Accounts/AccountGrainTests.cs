using LipSync.Accounts;
using LipSync.Keys;
using LipSync.Statements;
using LipSync.Storage;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Accounts;

public sealed class AccountGrainTests
{
    [Fact]
    public async Task Open_Again_ChangesNothing()
    {
        await using var silo = await TestSilo.Start(credits: 5);
        await silo.Account.Open(Plan.Pro, 1000);
        var view = await silo.Account.Describe();
        Assert.Equal((Plan.Free, 5), (view!.Limits.Plan, view.Available));
    }

    [Fact]
    public async Task UnknownAccount_HasNothingAndIsNotWritten()
    {
        await using var silo = await TestSilo.Start();
        var (records, unknown) = (silo.State.Records, silo.Grains.GetGrain<IAccountGrain>("nobody"));
        Assert.Null(await unknown.Describe());
        Assert.False(await unknown.Reserve("job", 1));
        await unknown.Release("job");
        Assert.Null(await silo.Grains.GetGrain<IApiKeyGrain>("00").Identify());
        Assert.Equal(records, silo.State.Records);
    }

    [Fact]
    public async Task Admit_OverTheLimit_IsRefusedUntilTheNextToken()
    {
        await using var silo = await TestSilo.Start();
        for (var request = 0; request < 10; request++)
        {
            Assert.True((await silo.Account.Admit(RequestClass.Work)).Admitted);
        }

        var refused = await silo.Account.Admit(RequestClass.Work);
        Assert.Equal((false, 10, TimeSpan.FromSeconds(6)), (refused.Admitted, refused.Limit, refused.RetryAfter));
        var read = await silo.Account.Admit(RequestClass.Read);
        Assert.Equal((true, 100, 99), (read.Admitted, read.Limit, read.Remaining));
        silo.Time.Advance(refused.RetryAfter);
        Assert.True((await silo.Account.Admit(RequestClass.Work)).Admitted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Settle_WriteFails_RepeatingSpendsOnce(bool afterStoring)
    {
        await using var silo = await TestSilo.Start(credits: 100);
        await silo.Account.Reserve("job", 10);
        silo.State.FailWrite("account", afterStoring);
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Account.Settle("job", 7));
        Assert.Equal(1, silo.State.Fired);
        await silo.Account.Settle("job", 7);
        Assert.Equal((93, 0), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
        await silo.Account.Settle("job", 3);
        Assert.Equal((93, 0), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
    }

    [Fact]
    public async Task Publish_TableFails_EntriesAreKeptAndPublishedInTheEnd()
    {
        await using var silo = await TestSilo.Start(credits: 100);
        await silo.Projections.WhenEntries(Samples.Account, 1);
        silo.Projections.FailEntries(1);
        await silo.Account.Reserve("job", 10);
        await silo.AdvanceUntil(() => silo.Projections.Entries(Samples.Account).Count == 2);
        Assert.Equal(1, silo.Projections.Fired);
        Assert.Equal(90, silo.Projections.Entries(Samples.Account).Sum(entry => entry.Amount));
    }

    public static TheoryData<string, Func<IAccountGrain, Task>> Resolutions => new()
    {
        { "Reduce", account => account.Reduce("job", 5) },
        { "Settle", account => account.Settle("job", 5) },
        { "Release", account => account.Release("job") },
        { "Settle nothing", account => account.Settle("another", 5) },
        { "Open", account => account.Open(Plan.Pro, 1) },
    };

    [Theory]
    [MemberData(nameof(Resolutions))]
    public async Task Change_SiloDiedBeforeTheEntriesWerePublished_AnswersOnceTheyAre(string change, Func<IAccountGrain, Task> make)
    {
        await using var silo = await TestSilo.Start(credits: 100);
        silo.Projections.FailEntries(1);
        await silo.Account.Reserve("job", 10);
        await silo.AdvanceUntil(() => silo.Projections.Fired == 1);

        // The change itself is saved, or is none; the table has not heard of the reservation either.
        await Assert.ThrowsAsync<TimeoutException>(() => make(silo.Account));
        Assert.Equal(1, silo.Projections.Fired);
        await silo.Deactivate(silo.Account);
        await make(silo.Account);

        var entries = silo.Projections.Entries(Samples.Account);
        Assert.Contains(entries, entry => entry is { Kind: LedgerEntryKind.Reserve, OperationId: "job" });
        Assert.True((await silo.Account.Describe())!.Available == entries.Sum(entry => entry.Amount), change);
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), entries.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Settle_TableStandsStill_FailsInTimeAndPublishesAtTheNextTry()
    {
        await using var silo = await TestSilo.Start(credits: 100);
        await silo.Account.Reserve("job", 10);
        silo.Projections.HangEntries(1);

        var settling = silo.Account.Settle("job", 7);
        await silo.AdvanceUntil(() => settling.IsCompleted);
        Assert.False(settling.IsCompletedSuccessfully);
        Assert.Equal(1, silo.Projections.Fired);

        await silo.AdvanceUntil(() => silo.Projections.Entries(Samples.Account).Sum(entry => entry.Spent) == 7);
        await silo.Account.Settle("job", 7);
        Assert.Equal(7, silo.Projections.Entries(Samples.Account).Sum(entry => entry.Spent));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Grant_WriteFails_RepeatingAddsOnce(bool afterStoring)
    {
        await using var silo = await TestSilo.Start(credits: 100);
        silo.State.FailWrite("account", afterStoring);
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Account.Grant("gift", 20));
        Assert.Equal(1, silo.State.Fired);
        Assert.Equal(afterStoring ? GrantResult.GrantedBefore : GrantResult.Granted, await silo.Account.Grant("gift", 20));
        Assert.Equal(GrantResult.GrantedBefore, await silo.Account.Grant("gift", 20));
        Assert.Equal(GrantResult.Conflict, await silo.Account.Grant("gift", 21));
        Assert.Equal(120, (await silo.Account.Describe())!.Available);
        Assert.Equal(120, silo.Projections.Entries(Samples.Account).Sum(entry => entry.Amount));
    }

    [Fact]
    public async Task Suspend_UntilItIsLifted_AdmitsNothingAndTakesNoTokens()
    {
        await using var silo = await TestSilo.Start();
        await silo.Account.Suspend(true);
        await silo.Deactivate(silo.Account);
        for (var request = 0; request < 20; request++)
        {
            Assert.True(await silo.Account.Admit(RequestClass.Work) is { Admitted: false, Suspended: true });
        }

        Assert.True((await silo.Account.Describe())!.Suspended);
        await silo.Account.Suspend(false);
        Assert.True(await silo.Account.Admit(RequestClass.Work) is { Admitted: true, Suspended: false, Remaining: 9 });
    }

    [Fact]
    public async Task Row_OfAnAccount_FollowsItsPlanAndSuspension()
    {
        await using var silo = await TestSilo.Start();
        var opened = new AccountRow(Samples.Account, Plan.Free, Suspended: false, (await silo.Account.Describe())!.CreatedAt!.Value, Version: 0);
        Assert.Equal(opened, silo.Projections.Account(Samples.Account));

        await silo.Account.SetPlan(Plan.Pro);
        await silo.Account.Suspend(true);
        await silo.AdvanceUntil(() => silo.Projections.Account(Samples.Account) == opened with { Plan = Plan.Pro, Suspended = true, Version = 2 });
    }

    [Fact]
    public async Task List_OfAccounts_SaysWhatEachHasNow()
    {
        await using var silo = await TestSilo.Start(credits: 100);
        foreach (var id in new[] { "zoe", "amy" })
        {
            await silo.Grains.GetGrain<IAccountGrain>(id).Open(Plan.Starter, 7);
        }

        await silo.Account.Reserve("job", 10);
        var list = silo.Grains.GetGrain<IAccountListGrain>(0);
        Assert.Equal([("acc-1", 90, 10), ("amy", 7, 0)], (await list.List(after: null, limit: 2, CancellationToken.None)).Select(account => (account.AccountId, account.Available, account.Held)));
        Assert.Equal(["zoe"], (await list.List(after: "amy", limit: 2, CancellationToken.None)).Select(account => account.AccountId));
    }

    [Fact]
    public async Task OpenHolds_OfAPage_SaySinceWhen()
    {
        await using var silo = await TestSilo.Start();
        await silo.Account.Reserve("a", 1);
        silo.Time.Advance(TimeSpan.FromSeconds(1));
        await silo.Account.Reserve("b", 2);
        var now = silo.Time.GetUtcNow();
        Assert.Equal(new OpenHold("a", 1, now - TimeSpan.FromSeconds(1)), Assert.Single(await silo.Account.OpenHolds(after: null, limit: 1)));
        Assert.Equal(new OpenHold("b", 2, now), Assert.Single(await silo.Account.OpenHolds(after: "a", limit: 10)));
    }

    [Fact]
    public async Task SigningKey_AfterDeactivation_IsTheSame()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<ISigningKeyGrain>(ISigningKeyGrain.Links);
        var key = await grain.Get();
        await silo.Deactivate(grain);
        Assert.Equal(32, key.Length);
        Assert.Equal(key, await grain.Get());
    }
}
