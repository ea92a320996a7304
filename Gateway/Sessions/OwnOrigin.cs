using LipSync.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Sessions;

/// <summary>On a route: requests that a page of another origin sends are refused, whoever is signed in.</summary>
public sealed record OwnOriginMetadata;

/// <summary>
/// Browsers send the cookie along with what pages of other origins ask for, and say in <c>Origin</c> whose page it was. Whoever acts
/// by cookie must say ours. Keys are sent by nobody unasked and need none.
/// </summary>
public sealed class OwnOrigin(RequestDelegate next, IOptions<GatewayOptions> gateway)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return next(context);
        }

        var byCookie = context.User.Identity?.AuthenticationType == SessionCookie.SchemeName;
        var origin = request.Headers.Origin;
        var allowed = origin.Count == 0
            ? !byCookie
            : IsOwn(request, origin.ToString()) || !(byCookie || context.GetEndpoint()?.Metadata.GetMetadata<OwnOriginMetadata>() is not null);
        return allowed
            ? next(context)
            : new ApiError(RequestErrors.Forbidden, "Requests by session cookie must carry this host's Origin. Programs should send an API key instead.")
                .ExecuteAsync(context);
    }

    private bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var given)
        && (IsSame(given, gateway.Value.PublicUrl)
            || (Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) && IsSame(given, own)));

    private static bool IsSame(Uri given, Uri? own) => own is not null
        && given.Scheme == own.Scheme
        && given.Port == own.Port
        && string.Equals(given.IdnHost, own.IdnHost, StringComparison.OrdinalIgnoreCase);
}
