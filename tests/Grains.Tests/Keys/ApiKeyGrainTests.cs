using LipSync.Accounts;
using LipSync.Keys;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Keys;

public sealed class ApiKeyGrainTests
{
    private const string Hash = "5707f16306833a61d40f8d46b15edc6d57b68f652d217f96da33ca1c9e8dbce4";

    [Fact]
    public async Task Issue_Again_KeepsTheFirstOwner()
    {
        await using var silo = await TestSilo.Start();
        var key = silo.Grains.GetGrain<IApiKeyGrain>("ab");
        await key.Issue("acc-1", ApiKeyScope.Customer, "first");
        await key.Issue("acc-2", ApiKeyScope.Admin, "second");
        await silo.Deactivate(key);
        Assert.Equal(new ApiKeyIdentity("acc-1", ApiKeyScope.Customer, "first"), await key.Identify());
    }

    [Fact]
    public async Task Grant_OfAKey_TellsItsOwnerAndItsTerms()
    {
        await using var silo = await TestSilo.Start();
        var key = silo.Grains.GetGrain<IApiKeyGrain>(Hash);
        var expiry = silo.Time.GetUtcNow().AddDays(1);
        await key.Grant("acc", new(ApiKeyScope.Customer, "shop", "ls_live_00010203", expiry));
        await silo.Deactivate(key);

        var now = silo.Time.GetUtcNow();
        Assert.Equal(new ApiKeyView("key_5707f16306833a61d40f8d46", "shop", "ls_live_00010203", now, LastUsedAt: null, expiry), await key.Describe());
        Assert.Equal(new ApiKeyIdentity("acc", ApiKeyScope.Customer, "shop", expiry), await key.Identify());
    }

    [Fact]
    public async Task Revoke_OfAKey_IsForEver()
    {
        await using var silo = await TestSilo.Start();
        var key = silo.Grains.GetGrain<IApiKeyGrain>(Hash);
        await key.Issue("acc", ApiKeyScope.Customer, "shop");
        await key.Revoke();
        await key.Revoke();
        await silo.Deactivate(key);
        await key.Issue("other", ApiKeyScope.Customer, "again");

        Assert.Equal(new ApiKeyIdentity("acc", ApiKeyScope.Customer, "shop", Revoked: true), await key.Identify());
        Assert.Equal(2, silo.State.Writes["api-key"]);
    }

    [Fact]
    public async Task Revoke_OfNoKey_WritesNothing()
    {
        await using var silo = await TestSilo.Start();
        var key = silo.Grains.GetGrain<IApiKeyGrain>(Hash);

        await key.Revoke();

        Assert.Null(await key.Identify());
        Assert.False(silo.State.Writes.ContainsKey("api-key"));
    }

    [Fact]
    public async Task Identify_ManyTimesInAMinute_WritesTheLastUseOnce()
    {
        await using var silo = await TestSilo.Start();
        var key = silo.Grains.GetGrain<IApiKeyGrain>(Hash);
        await key.Issue("acc", ApiKeyScope.Customer, "shop");

        await key.Identify();
        await silo.AdvanceUntil(() => silo.State.Writes.ContainsKey("api-key-use"));
        for (var call = 0; call < 10; call++)
        {
            await key.Identify();
        }

        Assert.Equal(1, silo.State.Writes["api-key-use"]);
        silo.Time.Advance(TimeSpan.FromMinutes(1));
        var used = silo.Time.GetUtcNow();
        await key.Identify();
        await silo.AdvanceUntil(() => silo.State.Writes["api-key-use"] == 2);
        await silo.Deactivate(key);
        Assert.InRange((await key.Describe())!.LastUsedAt!.Value, used, silo.Time.GetUtcNow());
    }

    [Fact]
    public async Task Identify_WhereTheLastUseCannotBeWritten_AnswersAndTriesAgain()
    {
        await using var silo = await TestSilo.Start();
        var key = silo.Grains.GetGrain<IApiKeyGrain>(Hash);
        await key.Issue("acc", ApiKeyScope.Customer, "shop");
        silo.State.FailWrite("api-key-use", afterStoring: true);

        Assert.NotNull(await key.Identify());
        await silo.AdvanceUntil(() => silo.State.Fired == 1);
        Assert.NotNull(await key.Identify());
        Assert.Equal(1, silo.State.Reads["api-key"]);
        silo.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await key.Identify());
        await silo.AdvanceUntil(() => silo.State.Writes["api-key-use"] == 2);
        await silo.Deactivate(key);
        Assert.NotNull((await key.Describe())!.LastUsedAt);
    }
}
