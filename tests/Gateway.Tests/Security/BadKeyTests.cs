using LipSync.Gateway.Security;
using LipSync.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace LipSync.Tests.Security;

/// <summary>A gateway of its own with the limit as it is by default; the test names the address as a trusted proxy would.</summary>
[Collection(GatewayCollection.Name)]
public sealed class BadKeyTests(GatewayFixture gateway) : IAsyncLifetime
{
    private const string Status = "/api/v1/lipsync/status/job_0123456789abcdef0123456789abcdef";

    private WebApplication? app;

    public async Task InitializeAsync() => app = await gateway.StartGateway(
        gateway.NewFolder(), ("LipSync:AddressLimits:BadCredentials", "10"), ("LipSync:TrustedProxies:0", "127.0.0.0/8"));

    public async Task DisposeAsync() => await app!.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BadKey_TheEleventhInAMinute_IsTooMany(bool wellFormed)
    {
        for (var number = 0; number < 10; number++)
        {
            using var bad = await Send(BadKey(wellFormed), "203.0.113.9");
            await bad.Refusal(401, "invalid_api_key");
        }

        using var response = await Send(BadKey(wellFormed), "203.0.113.9");

        await response.Refusal(429, "rate_limited");
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.RetryAfter?.Delta);
        using var elsewhere = await Send(BadKey(wellFormed), "203.0.113.10");
        await elsewhere.Refusal(401, "invalid_api_key");
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        using var later = await Send(BadKey(wellFormed), "203.0.113.9");
        await later.Refusal(401, "invalid_api_key");
    }

    [Fact]
    public async Task BadKey_FiftyAtOnce_TenAreToldThatTheyAreBad()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Send(ApiKey.Generate().Reveal(), "203.0.113.9")));

        Assert.Equal(10, answers.Count(answer => (int)answer.StatusCode == 401));
        Assert.Equal(40, answers.Count(answer => (int)answer.StatusCode == 429));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task GoodKey_FromARefusedAddress_PassesWhereTheGatewayHasSeenIt()
    {
        var (seen, unseen) = (gateway.World.NewAccount(), gateway.World.NewAccount());
        using var before = await Send(seen.Key, "203.0.113.9");
        await before.Refusal(404, "not_found");
        for (var number = 0; number < 10; number++)
        {
            using var bad = await Send(BadKey(wellFormed: false), "203.0.113.9");
        }

        gateway.Time.Advance(KnownKeys.Lifetime * 2);
        using var known = await Send(seen.Key, "203.0.113.9");
        using var unknown = await Send(unseen.Key, "203.0.113.9");

        await known.Refusal(404, "not_found");
        await unknown.Refusal(429, "rate_limited");
        Assert.True(ApiKey.TryParse(unseen.Key, out var key));
        Assert.False(gateway.World.Identified.ContainsKey(key.Hash));
    }

    [Fact]
    public async Task RevokedKey_ShownAgainAndAgain_IsNoGuess()
    {
        var account = gateway.World.NewAccount();
        Assert.True(ApiKey.TryParse(account.Key, out var key));
        gateway.World.Keys[key.Hash] = gateway.World.Keys[key.Hash] with { Revoked = true };

        for (var number = 0; number < 12; number++)
        {
            using var response = await Send(account.Key, "203.0.113.9");
            await response.Refusal(401, "key_revoked");
        }
    }

    private static string BadKey(bool wellFormed) => wellFormed ? ApiKey.Generate().Reveal() : "ls_live_wrong";

    private async Task<HttpResponseMessage> Send(string key, string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri(app!.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return await client.GetAsync(Status);
    }
}
