using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using LipSync.Accounts;
using LipSync.Gateway.Admin;
using LipSync.Gateway.Errors;
using LipSync.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Security;

/// <summary>Authenticates by the header <c>X-Admin-Key</c>: the operator's key, or a key of the cluster with the scope of an administrator.</summary>
public sealed class AdminKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, IOptions<AdminOptions> admin, IGrainFactory grains)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "AdminKey";
    public const string Header = "X-Admin-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() => Request.Headers[Header] switch
    {
        [] => AuthenticateResult.NoResult(),
        [{ } key] when IsOperators(key) || await IsAdministrators(key) => AuthenticateResult.Success(new AuthenticationTicket(Administrator(), Scheme.Name)),
        _ => AuthenticateResult.Fail("Nobody's admin key."),
    };

    // Whether a key is missing or wrong, and whether there is one at all, is nobody's business.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        new ApiError(RequestErrors.Forbidden, $"This path takes an admin key in the header {Header}.").ExecuteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);

    // Hashes have the same length whatever was sent, so that the time it takes tells nothing of the key.
    private bool IsOperators(string key) => admin.Value.Key is { } operators && CryptographicOperations.FixedTimeEquals(Hash(key), Hash(operators));

    private async Task<bool> IsAdministrators(string text) =>
        ApiKey.TryParse(text, out var key) && await grains.GetGrain<IApiKeyGrain>(key.Hash).Identify() is { Scope: ApiKeyScope.Admin, Revoked: false } identity
        && !(identity.ExpiresAt <= TimeProvider.GetUtcNow());

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private ClaimsPrincipal Administrator() => new(new ClaimsIdentity([new Claim(ClaimTypes.Role, nameof(ApiKeyScope.Admin))], Scheme.Name));
}
