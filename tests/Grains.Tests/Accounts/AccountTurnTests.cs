using LipSync.Accounts;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Accounts;

/// <summary>The plan of the test's account has two places.</summary>
public sealed class AccountTurnTests
{
    [Fact]
    public async Task RequestTurn_MoreJobsThanPlaces_OthersWaitInTheOrderInWhichTheyCame()
    {
        await using var silo = await Holding("a", "b", "c", "d");
        Assert.Equal([true, true, false, false], await Ask(silo, "a", "b", "c", "d"));
        Assert.Equal((2, 2), await Jobs(silo));
        Assert.Equal((null, 0, 1), (await silo.Account.PlaceInLine("a"), await silo.Account.PlaceInLine("c"), await silo.Account.PlaceInLine("d")));

        await silo.Account.Settle("a", 1);
        Assert.Equal([false, true, true], await Ask(silo, "d", "c", "b"));
    }

    [Fact]
    public async Task RequestTurn_Again_TakesOnePlace()
    {
        await using var silo = await Holding("a", "b");
        Assert.Equal([true, true, true, true], await Ask(silo, "a", "a", "a", "b"));
        Assert.Equal((2, 0), await Jobs(silo));
    }

    [Fact]
    public async Task RequestTurn_NothingHeldOrNoLonger_GetsNoPlaceAndDoesNotWait()
    {
        await using var silo = await Holding("a");
        await silo.Account.Release("a");
        Assert.Equal([false, false], await Ask(silo, "a", "unknown"));
        Assert.Equal((0, 0), await Jobs(silo));
    }

    [Theory]
    [InlineData("settled")]
    [InlineData("released")]
    [InlineData("expired")]
    public async Task Resolve_WhoeverEnds_TheNextIsCalled(string how)
    {
        await using var silo = await Holding("a", "b", "c", "d");
        await Ask(silo, "a", "b", "c", "d");
        await (how switch
        {
            "settled" => silo.Account.Settle("a", 1),
            "released" => silo.Account.Release("a"),
            _ => silo.Account.Expire("a"),
        });
        await silo.AdvanceUntil(() => silo.Calls.Count("IJobGrain.TakeTurn", "c") == 1);
        Assert.Equal(0, silo.Calls.Count("IJobGrain.TakeTurn", "d"));
    }

    [Fact]
    public async Task RequestTurn_TheCallOfTheHeadWasLost_AnothersQuestionCallsItAgain()
    {
        await using var silo = await Holding("a", "b", "c", "d");
        await Ask(silo, "a", "b", "c", "d");
        silo.Failures.Fail("IJobGrain.TakeTurn", times: 1);
        await silo.Account.Release("a");
        await silo.AdvanceUntil(() => silo.Failures.Fired == 1);

        Assert.Equal([false], await Ask(silo, "d"));
        await silo.AdvanceUntil(() => silo.Calls.Count("IJobGrain.TakeTurn", "c") == 2);
    }

    [Fact]
    public async Task Release_OfAHeadThatWaits_ItLeavesTheLine()
    {
        await using var silo = await Holding("a", "b", "c", "d");
        await Ask(silo, "a", "b", "c", "d");
        await silo.Account.Release("c");
        await silo.Account.Release("a");
        Assert.Equal([true], await Ask(silo, "d"));
    }

    [Fact]
    public async Task SetPlan_WithMorePlaces_CallsWhoWaits()
    {
        await using var silo = await Holding("a", "b", "c", "d");
        await Ask(silo, "a", "b", "c", "d");
        await silo.Account.SetPlan(Plan.Starter);
        await silo.AdvanceUntil(() => silo.Calls.Count("IJobGrain.TakeTurn", "c") == 1 && silo.Calls.Count("IJobGrain.TakeTurn", "d") == 1);
        Assert.Equal([true, true], await Ask(silo, "d", "c"));
        Assert.Equal(Plan.Starter, (await silo.Account.Describe())!.Limits.Plan);
    }

    [Fact]
    public async Task SetPlan_WithFewerPlaces_WhoRunsGoesOn()
    {
        await using var silo = await Holding("a", "b", "c", "d");
        await silo.Account.SetPlan(Plan.Starter);
        await Ask(silo, "a", "b", "c");
        await silo.Account.SetPlan(Plan.Free);
        Assert.Equal([true, true, true, false], await Ask(silo, "a", "b", "c", "d"));
        await silo.Account.Release("a");
        Assert.Equal([false], await Ask(silo, "d"));
        await silo.Account.Release("b");
        Assert.Equal([true], await Ask(silo, "d"));
    }

    [Fact]
    public async Task RequestTurn_InANewActivation_PlacesAreKeptAndTheLineFormsAnew()
    {
        await using var silo = await Holding("a", "b", "c");
        await Ask(silo, "a", "b", "c");
        await silo.Deactivate(silo.Account);
        Assert.Null(await silo.Account.PlaceInLine("c"));
        Assert.Equal([false, true, true], await Ask(silo, "c", "b", "a"));
        await silo.Account.Release("b");
        Assert.Equal([true], await Ask(silo, "c"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RequestTurn_WriteFails_AskingAgainTakesOnePlace(bool afterStoring)
    {
        await using var silo = await Holding("a", "b", "c");
        silo.State.FailWrite("account", afterStoring);
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Account.RequestTurn("a"));
        Assert.Equal(1, silo.State.Fired);
        Assert.Equal([true, true, false], await Ask(silo, "a", "b", "c"));
    }

    private static async Task<TestSilo> Holding(params string[] jobs)
    {
        var silo = await TestSilo.Start();
        foreach (var job in jobs)
        {
            Assert.True(await silo.Account.Reserve(job, 2));
        }

        return silo;
    }

    private static async Task<List<bool>> Ask(TestSilo silo, params string[] jobs)
    {
        var answers = new List<bool>();
        foreach (var job in jobs)
        {
            answers.Add(await silo.Account.RequestTurn(job));
        }

        return answers;
    }

    private static async Task<(int Running, int Waiting)> Jobs(TestSilo silo) => (await silo.Account.Describe()) is { } view ? (view.RunningJobs, view.WaitingJobs) : default;
}
