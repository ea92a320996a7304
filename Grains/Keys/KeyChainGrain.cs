using System.Collections.Immutable;
using LipSync.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Keys;

/// <summary>
/// Knows which keys are alive, and nothing else of them. A key is issued before it is entered here and revoked before it is
/// struck out: a crash in between leaves a key whose secret nobody was told, or one that can be revoked again.
/// </summary>
[GrainType("key-chain")]
public sealed class KeyChainGrain(
    [PersistentState("key-chain", GrainStorage.Name)] IPersistentState<KeyChainState> storage,
    IOptionsMonitor<KeyOptions> options,
    TimeProvider time) : Grain, IKeyChainGrain
{
    private ImmutableArray<ChainedKey> Keys => storage.State.Keys;

    public async Task<KeyIssue> Issue(string hash, ApiKeyTerms terms)
    {
        var most = options.CurrentValue.MostKeys;
        if (!Keys.Any(key => key.Hash == hash))
        {
            var now = time.GetUtcNow();
            var alive = Keys.RemoveAll(key => key.ExpiresAt <= now);
            if (alive.Length >= most)
            {
                return new(Key: null, most);
            }

            await Key(hash).Grant(this.GetPrimaryKeyString(), terms);
            await this.Save(storage, new KeyChainState { Keys = alive.Add(new(hash, terms.ExpiresAt)) });
        }

        return new(await Key(hash).Describe(), most);
    }

    public async Task<ImmutableArray<ApiKeyView>> List() =>
        [.. (await Task.WhenAll(Keys.Select(key => Key(key.Hash).Describe()))).OfType<ApiKeyView>()];

    public async Task<bool> Revoke(string keyId)
    {
        if (Keys.FirstOrDefault(key => ApiKeyId.Of(key.Hash) == keyId) is not { } found)
        {
            return false;
        }

        await Key(found.Hash).Revoke();
        await this.Save(storage, new KeyChainState { Keys = Keys.Remove(found) });
        return true;
    }

    private IApiKeyGrain Key(string hash) => GrainFactory.GetGrain<IApiKeyGrain>(hash);
}

[GenerateSerializer, Immutable, Alias("LipSync.KeyChainState")]
public sealed record KeyChainState
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public ImmutableArray<ChainedKey> Keys { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("LipSync.ChainedKey")]
public sealed record ChainedKey([property: Id(0)] string Hash, [property: Id(1)] DateTimeOffset? ExpiresAt);
