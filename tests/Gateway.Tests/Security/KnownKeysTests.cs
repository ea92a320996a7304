using LipSync.Accounts;
using LipSync.Gateway.Security;
using LipSync.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LipSync.Tests.Security;

[Collection(GatewayCollection.Name)]
public sealed class KnownKeysTests(GatewayFixture gateway) : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private WebApplication? app;

    private KnownKeys Keys => field ??= new(app!.Services.GetRequiredService<IGrainFactory>(), time);

    public async Task InitializeAsync() => app = await gateway.StartGateway(gateway.NewFolder());

    public async Task DisposeAsync()
    {
        Keys.Dispose();
        await app!.DisposeAsync();
    }

    [Fact]
    public async Task Identify_OfARevokedKey_IsNobodyAfterItsLifetime()
    {
        var key = NewKey();
        Assert.NotNull(await Keys.Identify(key));
        gateway.World.Keys.TryRemove(key.Hash, out _);

        time.Advance(KnownKeys.Lifetime - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await Keys.Identify(key));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await Keys.Identify(key));
    }

    [Fact]
    public async Task Identify_OfAKeyThatWasUnknown_KnowsItAsSoonAsItIsIssued()
    {
        var key = ApiKey.Generate();
        Assert.Null(await Keys.Identify(key));
        gateway.World.Keys[key.Hash] = new("later", ApiKeyScope.Customer, "test");

        Assert.Equal("later", (await Keys.Identify(key))?.AccountId);
    }

    [Fact]
    public async Task Identify_OfTwoKeys_KeepsThemApart()
    {
        var (one, other) = (NewKey(), NewKey());

        Assert.NotEqual((await Keys.Identify(one))?.AccountId, (await Keys.Identify(other))?.AccountId, StringComparer.Ordinal);
        Assert.Equal(gateway.World.Keys[one.Hash], await Keys.Identify(one));
    }

    private ApiKey NewKey() => ApiKey.TryParse(gateway.World.NewAccount().Key, out var key) ? key : throw new InvalidOperationException("No key of ours.");
}
