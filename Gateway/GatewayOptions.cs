using System.Net;

namespace LipSync.Gateway;

/// <summary>Configuration section <c>LipSync</c>: how the gateway is seen from outside.</summary>
public sealed class GatewayOptions
{
    public const string Section = "LipSync";

    /// <summary>Scheme, host and optional path of links in answers, such as <c>https://lipsync.example.com</c>; empty: those of the request.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Networks (<c>10.0.0.0/8</c>) of reverse proxies whose X-Forwarded headers are believed; none: they are ignored.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>The path before those of the API, as clients see it; empty: none.</summary>
    public string PublicPath => PublicUrl?.AbsolutePath.TrimEnd('/') ?? "";

    internal bool IsValid() =>
        PublicUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" }
        && TrustedProxies.All(network => IPNetwork.TryParse(network, out _));
}
