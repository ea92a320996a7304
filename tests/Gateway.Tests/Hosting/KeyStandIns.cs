using System.Collections.Immutable;
using LipSync.Accounts;
using LipSync.Keys;

namespace LipSync.Tests.Hosting;

internal sealed class ApiKeyStandIn(World world) : Grain, IApiKeyGrain
{
    private string Hash => this.GetPrimaryKeyString();

    public Task Issue(string accountId, ApiKeyScope scope, string name) => Grant(accountId, new(scope, name, Prefix: ""));

    public Task Grant(string accountId, ApiKeyTerms terms)
    {
        world.Keys[Hash] = new ApiKeyIdentity(accountId, terms.Scope, terms.Name, terms.ExpiresAt);
        return Task.CompletedTask;
    }

    public Task<ApiKeyIdentity?> Identify()
    {
        world.Identified.AddOrUpdate(Hash, 1, (_, count) => count + 1);
        return Task.FromResult(world.Keys.GetValueOrDefault(Hash));
    }

    public Task<ApiKeyView?> Describe() => throw new NotSupportedException();

    public Task Revoke()
    {
        world.Keys[Hash] = world.Keys[Hash] with { Revoked = true };
        return Task.CompletedTask;
    }
}

internal sealed class KeyChainStandIn : Grain, IKeyChainGrain
{
    private const int MostKeys = 10;

    private ImmutableArray<(string Hash, ApiKeyView View)> keys = [];

    public async Task<KeyIssue> Issue(string hash, ApiKeyTerms terms)
    {
        if (keys.Length == MostKeys)
        {
            return new(Key: null, MostKeys);
        }

        await GrainFactory.GetGrain<IApiKeyGrain>(hash).Grant(this.GetPrimaryKeyString(), terms);
        var view = new ApiKeyView(ApiKeyId.Of(hash), terms.Name, terms.Prefix, DateTimeOffset.UnixEpoch, LastUsedAt: null, terms.ExpiresAt);
        keys = keys.Add((hash, view));
        return new(view, MostKeys);
    }

    public Task<ImmutableArray<ApiKeyView>> List() => Task.FromResult<ImmutableArray<ApiKeyView>>([.. keys.Select(key => key.View)]);

    public async Task<bool> Revoke(string keyId)
    {
        var (hash, view) = keys.FirstOrDefault(key => key.View.Id == keyId);
        if (view is null)
        {
            return false;
        }

        await GrainFactory.GetGrain<IApiKeyGrain>(hash).Revoke();
        keys = keys.Remove((hash, view));
        return true;
    }
}
