using Microsoft.Extensions.Options;
using Microsoft.Security.AntiSSRF;

namespace LipSync.Media;

/// <summary>
/// HTTP clients for customers' URLs. One reaches public addresses only, checked when the connection is made, so that no name can
/// be rebound in between; the other is for the private hosts that the operator listed. Neither follows redirects: each hop is
/// chosen anew here.
/// </summary>
public sealed class FetchClients : IDisposable
{
    private readonly HashSet<string> allowedPrivateHosts;
    private readonly HttpClient restricted;
    private readonly HttpClient unrestricted;

    public FetchClients(IOptions<FetchOptions> options)
    {
        var connectTimeout = options.Value.ConnectTimeout;
        allowedPrivateHosts = new(options.Value.AllowedPrivateHosts, StringComparer.OrdinalIgnoreCase);
        restricted = Client(PublicOnly(connectTimeout));
        unrestricted = Client(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = connectTimeout,
        });
    }

    public HttpClient For(Uri url)
    {
        var host = url.HostNameType is UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        return allowedPrivateHosts.Contains($"{host}:{url.Port}") ? unrestricted : restricted;
    }

    public void Dispose()
    {
        restricted.Dispose();
        unrestricted.Dispose();
    }

    private static AntiSSRFHandler PublicOnly(TimeSpan connectTimeout)
    {
        var policy = new AntiSSRFPolicy(PolicyConfigOptions.ExternalOnlyLatest)
        {
            AllowPlainTextHttp = true,
            AddXFFHeader = false,
        };

        // IPv4-compatible IPv6 addresses, deprecated and missing in the recommended list.
        policy.AddDeniedAddresses(["::/96"]);
        var handler = policy.GetHandler();
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = connectTimeout;
        return handler;
    }

    private static HttpClient Client(HttpMessageHandler handler)
    {
        // The fetcher keeps time itself: the client's own limit would cover the headers only.
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("LipSync/1.0");
        return client;
    }
}
