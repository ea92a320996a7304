using LipSync.Accounts;
using LipSync.Keys;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Keys;

public sealed class KeyChainGrainTests
{
    private const int Most = 10;

    private static readonly ApiKeyTerms Terms = new(ApiKeyScope.Customer, "shop", "ls_live_00010203");

    [Fact]
    public async Task Issue_FiftyAtOnce_TenAreAlive()
    {
        await using var silo = await TestSilo.Start();
        var chain = silo.Grains.GetGrain<IKeyChainGrain>("acc");

        var issues = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => chain.Issue(HashOf(number), Terms)));

        Assert.Equal(Most, issues.Count(issue => issue.Key is not null));
        Assert.All(issues, issue => Assert.Equal(Most, issue.MostKeys));
        var listed = (await chain.List()).Select(key => key.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(issues.Select(issue => issue.Key?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal), listed);
        var identified = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => silo.Grains.GetGrain<IApiKeyGrain>(HashOf(number)).Identify()));
        Assert.Equal(Most, identified.OfType<ApiKeyIdentity>().Count());
    }

    [Fact]
    public async Task Issue_OfTheSameKeyAgain_ChangesNothing()
    {
        await using var silo = await TestSilo.Start();
        var chain = silo.Grains.GetGrain<IKeyChainGrain>("acc");

        var first = await chain.Issue(HashOf(1), Terms);
        var second = await chain.Issue(HashOf(1), Terms with { Name = "other" });

        Assert.Equal(first, second);
        Assert.Single(await chain.List());
    }

    [Fact]
    public async Task Issue_WhereOneExpired_HasRoomAgain()
    {
        await using var silo = await TestSilo.Start();
        var chain = silo.Grains.GetGrain<IKeyChainGrain>("acc");
        await chain.Issue(HashOf(0), Terms with { ExpiresAt = silo.Time.GetUtcNow().AddHours(1) });
        for (var number = 1; number < Most; number++)
        {
            await chain.Issue(HashOf(number), Terms);
        }

        Assert.Null((await chain.Issue(HashOf(Most), Terms)).Key);
        silo.Time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull((await chain.Issue(HashOf(Most), Terms)).Key);
        Assert.DoesNotContain(ApiKeyId.Of(HashOf(0)), (await chain.List()).Select(key => key.Id));
    }

    [Fact]
    public async Task Revoke_OfOne_EndsItAndMakesRoom()
    {
        await using var silo = await TestSilo.Start(settings: new() { ["LipSync:Keys:MostKeys"] = "1" });
        var chain = silo.Grains.GetGrain<IKeyChainGrain>("acc");
        var id = (await chain.Issue(HashOf(1), Terms)).Key!.Id;
        Assert.Null((await chain.Issue(HashOf(2), Terms)).Key);

        Assert.True(await chain.Revoke(id));
        Assert.False(await chain.Revoke(id));

        Assert.True((await silo.Grains.GetGrain<IApiKeyGrain>(HashOf(1)).Identify())!.Revoked);
        Assert.NotNull((await chain.Issue(HashOf(2), Terms)).Key);
    }

    [Fact]
    public async Task Revoke_OfAnotherAccountsKey_LeavesIt()
    {
        await using var silo = await TestSilo.Start();
        var id = (await silo.Grains.GetGrain<IKeyChainGrain>("acc").Issue(HashOf(1), Terms)).Key!.Id;

        Assert.False(await silo.Grains.GetGrain<IKeyChainGrain>("other").Revoke(id));

        Assert.False((await silo.Grains.GetGrain<IApiKeyGrain>(HashOf(1)).Identify())!.Revoked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Revoke_WhereTheChainIsNotWritten_CanBeRepeated(bool stored)
    {
        await using var silo = await TestSilo.Start();
        var chain = silo.Grains.GetGrain<IKeyChainGrain>("acc");
        var id = (await chain.Issue(HashOf(1), Terms)).Key!.Id;
        silo.State.FailWrite("key-chain", afterStoring: stored);

        await Assert.ThrowsAnyAsync<Exception>(() => chain.Revoke(id));
        Assert.Equal(1, silo.State.Fired);
        Assert.True((await silo.Grains.GetGrain<IApiKeyGrain>(HashOf(1)).Identify())!.Revoked);

        Assert.Equal(!stored, await chain.Revoke(id));
        Assert.Empty(await chain.List());
    }

    private static string HashOf(int number) => $"{number:x64}"[^2..] + new string('0', 62);
}
