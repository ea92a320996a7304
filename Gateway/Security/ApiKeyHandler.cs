using System.Security.Claims;
using System.Text.Encodings.Web;
using LipSync.Accounts;
using LipSync.Gateway.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Security;

/// <summary>Authenticates by the header <c>X-API-Key</c>. The secret itself goes no further than this class.</summary>
public sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, KnownKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-API-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[Header];
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (header.Count > 1 || !ApiKey.TryParse(header[0], out var key))
        {
            return AuthenticateResult.Fail("Not an API key.");
        }

        var identity = await keys.Identify(key);
        return identity is null
            ? AuthenticateResult.Fail("Nobody's API key.")
            : AuthenticateResult.Success(new AuthenticationTicket(Principal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Scheme.Name;
        return new ApiError(RequestErrors.InvalidApiKey).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new ApiError(RequestErrors.Forbidden).ExecuteAsync(Context);

    private ClaimsPrincipal Principal(ApiKeyIdentity identity) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, identity.AccountId), new Claim(ClaimTypes.Role, identity.Scope.ToString())],
        Scheme.Name));
}
