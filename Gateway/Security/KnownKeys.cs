using LipSync.Keys;

namespace LipSync.Gateway.Security;

/// <summary>Whose key it is. A gateway goes on with a key that was revoked for <see cref="Lifetime"/>.</summary>
public sealed class KnownKeys(IGrainFactory grains, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Lifetime = RecentAnswers<ApiKeyIdentity>.Lifetime;

    private readonly RecentAnswers<ApiKeyIdentity> known = new(time);

    /// <summary>Null: nobody's key.</summary>
    public ValueTask<ApiKeyIdentity?> Identify(ApiKey key) => known.Get(key.Hash, hash => grains.GetGrain<IApiKeyGrain>(hash).Identify());

    /// <summary>Whether this gateway has seen that it is somebody's key: it was not guessed.</summary>
    public bool HaveSeen(ApiKey key) => known.Knows(key.Hash);

    public void Dispose() => known.Dispose();
}
