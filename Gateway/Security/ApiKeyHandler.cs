using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Limits;
using LipSync.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Security;

/// <summary>
/// Authenticates by the header <c>X-API-Key</c>. The secret itself goes no further than this class. From an address that showed too
/// many bad keys only those are looked up that this gateway has seen to be good.
/// </summary>
public sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, KnownKeys keys, AddressLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-API-Key";

    private ApiError refusal = new(RequestErrors.InvalidApiKey);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[Header];
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        var address = Context.Connection.RemoteIpAddress;
        var key = header.Count == 1 && ApiKey.TryParse(header[0], out var parsed) ? parsed : null;
        if (limits.BadCredentials.Wait(address) is { } wait && (key is null || !keys.HaveSeen(key)))
        {
            return Refuse(AddressLimits.TooManyBadCredentials(wait));
        }

        var identity = key is null ? null : await keys.Identify(key);
        if (identity is null)
        {
            return Refuse(limits.BadCredentials.Count(address) is { } late ? AddressLimits.TooManyBadCredentials(late) : refusal);
        }

        if (identity.Revoked)
        {
            return Refuse(new ApiError(RequestErrors.KeyRevoked));
        }

        return identity.ExpiresAt is { } expiry && expiry <= TimeProvider.GetUtcNow()
            ? Refuse(new ApiError(RequestErrors.KeyRevoked, string.Create(CultureInfo.InvariantCulture, $"The API key expired on {expiry.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")))
            : AuthenticateResult.Success(new AuthenticationTicket(Principal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (refusal.StatusCode == StatusCodes.Status401Unauthorized)
        {
            Response.Headers.WWWAuthenticate = Scheme.Name;
        }

        return refusal.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new ApiError(RequestErrors.Forbidden).ExecuteAsync(Context);

    private AuthenticateResult Refuse(ApiError error)
    {
        refusal = error;
        return AuthenticateResult.Fail("Not an API key that opens anything.");
    }

    private ClaimsPrincipal Principal(ApiKeyIdentity identity) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, identity.AccountId), new Claim(ClaimTypes.Role, identity.Scope.ToString())],
        Scheme.Name));
}
