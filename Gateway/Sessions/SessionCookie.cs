using LipSync.Gateway.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace LipSync.Gateway.Sessions;

/// <summary>
/// The cookie of who signed in. It names a session that the user's grain keeps; protected with the cluster's keys, every gateway
/// reads what another wrote.
/// </summary>
public static class SessionCookie
{
    public const string SchemeName = "Session";
    public const string Name = "lipsync_session";

    /// <summary>From the last use, give or take half of it: the cookie is renewed when half is over.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public static AuthenticationBuilder AddSessionCookie(this AuthenticationBuilder authentication)
    {
        authentication.Services.AddSingleton<KnownSessions>();
        authentication.Services.AddScoped<SessionEvents>();
        return authentication.AddCookie(SchemeName, static options =>
        {
            options.Cookie.Name = Name;
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.IsEssential = true;
            options.ExpireTimeSpan = Lifetime;
            options.SlidingExpiration = true;
            options.EventsType = typeof(SessionEvents);
        });
    }

    public static bool IsSentWith(HttpRequest request) => request.Cookies.ContainsKey(Name);
}

/// <summary>Asks whether the session still is one, and refuses as an API does: without redirects.</summary>
public sealed class SessionEvents(KnownSessions sessions) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (Session.Of(context.Principal) is { } session && await sessions.Find(session) is { } user)
        {
            // What he may do is what his grain says now, not what it said when the cookie was written.
            context.ReplacePrincipal(session.Principal(user));
        }
        else
        {
            context.RejectPrincipal();
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        new ApiError(RequestErrors.InvalidCredentials, "The session has ended. Log in again.").ExecuteAsync(context.HttpContext);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        new ApiError(RequestErrors.Forbidden).ExecuteAsync(context.HttpContext);
}
