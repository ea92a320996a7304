using System.Globalization;
using LipSync.Gateway.Storage;
using LipSync.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Media;

/// <summary>Makes and checks signed links to artifacts. They open without a key until they expire.</summary>
public sealed class MediaLinks(
    IGrainFactory grains, IMediaStore store, IOptions<GatewayOptions> options, IOptions<MediaStoreOptions> media, TimeProvider time)
{
    public const string Path = "/api/v1/media/";

    private static readonly TimeSpan OutputLinkLifetime = TimeSpan.FromHours(1);

    private byte[]? secret;

    /// <summary>An absolute link, valid for <paramref name="lifetime"/> from now on.</summary>
    public async Task<string> Create(HttpRequest request, string key, TimeSpan lifetime)
    {
        var expires = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        var signature = LinkSignature.Compute(await Secret(), key, expires);
        return string.Create(CultureInfo.InvariantCulture, $"{BaseOf(request)}{Path}{key}?expires={expires}&signature={signature}");
    }

    /// <summary>
    /// An absolute link to what a job made, valid for an hour or until the output expires: to the media store itself where <c>LipSync:Media:S3:DirectLinks</c> says so, else as
    /// <see cref="Create"/> makes it. Null where there is no key, or the output has expired.
    /// </summary>
    /// <param name="outputExpiresAt">Null: never.</param>
    public async Task<string?> CreateForOutput(HttpRequest request, string? key, DateTimeOffset? outputExpiresAt, CancellationToken cancellationToken)
    {
        var lifetime = outputExpiresAt - time.GetUtcNow() is { } left && left < OutputLinkLifetime ? left : OutputLinkLifetime;
        if (key is null || lifetime <= TimeSpan.Zero)
        {
            return null;
        }

        var direct = media.Value.S3.DirectLinks
            ? await store.PresignGet(key, lifetime, ContentTypes.OfName(key), Downloads.DispositionOf(key), cancellationToken)
            : null;
        return direct?.AbsoluteUri ?? await Create(request, key, lifetime);
    }

    /// <summary>
    /// An absolute link to which anybody may <c>PUT</c> the artifact: of the media store itself where <c>LipSync:Media:S3:DirectLinks</c>
    /// says so, else one of ours, which takes no more than <paramref name="maxBytes"/>.
    /// </summary>
    public async Task<string> CreateForPut(HttpRequest request, string key, TimeSpan lifetime, long maxBytes, CancellationToken cancellationToken)
    {
        if (media.Value.S3.DirectLinks && await store.PresignPut(key, lifetime, cancellationToken) is { } direct)
        {
            return direct.AbsoluteUri;
        }

        var expires = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        var signature = LinkSignature.ComputePut(await Secret(), key, expires, maxBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{BaseOf(request)}{Path}{key}?expires={expires}&max={maxBytes}&signature={signature}");
    }

    public async Task<LinkState> CheckPut(string key, string? expires, long maxBytes, string? signature) =>
        MediaKey.IsWellFormed(key) && signature is not null && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? LinkSignature.CheckPut(await Secret(), key, second, maxBytes, signature, time.GetUtcNow())
            : LinkState.Forged;

    public async Task<LinkState> Check(string key, string? expires, string? signature) =>
        MediaKey.IsWellFormed(key) && signature is not null && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? LinkSignature.Check(await Secret(), key, second, signature, time.GetUtcNow())
            : LinkState.Forged;

    private string BaseOf(HttpRequest request) =>
        options.Value.PublicUrl?.AbsoluteUri.TrimEnd('/') ?? $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";

    /// <summary>The cluster's secret never changes, so one call lasts for the life of the process.</summary>
    private async ValueTask<byte[]> Secret() => secret ??= await grains.GetGrain<ISigningKeyGrain>(ISigningKeyGrain.Links).Get();
}
