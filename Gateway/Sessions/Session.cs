using System.Security.Claims;
using System.Security.Cryptography;
using LipSync.Accounts;
using LipSync.Users;
using Microsoft.AspNetCore.Authentication;

namespace LipSync.Gateway.Sessions;

/// <summary>What the cookie says: which user's grain knows which session.</summary>
public sealed record Session(string UserKey, string Id)
{
    private const string UserClaim = "lipsync:user";
    private const string SessionClaim = "lipsync:session";
    private const int IdBytes = 16;

    public static Session New(string userKey) => new(userKey, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)));

    /// <summary>Null: nobody is signed in.</summary>
    public static Session? Of(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue(UserClaim) is { } user && principal.FindFirstValue(SessionClaim) is { } id ? new(user, id) : null;

    /// <summary>Sets the cookie.</summary>
    public Task Begin(HttpContext context, UserView user) =>
        context.SignInAsync(SessionCookie.SchemeName, Principal(user), new AuthenticationProperties { IsPersistent = true });

    /// <summary>An administrator is a customer as well: he has an account of his own.</summary>
    public ClaimsPrincipal Principal(UserView user)
    {
        var identity = new ClaimsIdentity(
            [
                new Claim(UserClaim, UserKey),
                new Claim(SessionClaim, Id),
                new Claim(ClaimTypes.NameIdentifier, user.AccountId),
                new Claim(ClaimTypes.Role, nameof(ApiKeyScope.Customer)),
            ],
            SessionCookie.SchemeName);
        if (user.Administrator)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, nameof(ApiKeyScope.Admin)));
        }

        return new ClaimsPrincipal(identity);
    }
}
