using LipSync.Accounts;
using Microsoft.Extensions.Caching.Memory;

namespace LipSync.Gateway.Security;

/// <summary>
/// Whose key it is. A client that polls shows the same key again and again: its grain is asked once in <see cref="Lifetime"/>, which
/// is also how long a gateway goes on with a key that was revoked. Unknown keys are not remembered, so that a new one works at once.
/// </summary>
public sealed class KnownKeys(IGrainFactory grains, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const int MostKeys = 10_000;

    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MostKeys });

    /// <summary>Null: nobody's key.</summary>
    public async ValueTask<ApiKeyIdentity?> Identify(ApiKey key)
    {
        var hash = key.Hash;
        if (known.TryGetValue(hash, out Known? seen) && time.GetElapsedTime(seen!.At) < Lifetime)
        {
            return seen.Identity;
        }

        // Counted from before the question: the answer may already be that old when it comes.
        var asked = time.GetTimestamp();
        var identity = await grains.GetGrain<IApiKeyGrain>(hash).Identify();
        if (identity is not null)
        {
            known.Set(hash, new Known(identity, asked), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
        }

        return identity;
    }

    public void Dispose() => known.Dispose();

    private sealed record Known(ApiKeyIdentity Identity, long At);
}
