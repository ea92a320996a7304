using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.OpenApi;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Sessions;

/// <summary>Ends the session of the cookie.</summary>
public static class LogOutEndpoint
{
    public static void MapLogOut(this IEndpointRouteBuilder auth) => auth
        .MapPost("/logout", LogOut)
        .WithName("LogOut")
        .WithSummary("Log out")
        .WithDescription("Ends the session, within five seconds at every gateway, and clears the cookie. Without a session nothing changes.")
        .ProducesErrors(RequestErrors.Forbidden);

    private static async Task<Ok<Envelope<LogOutAnswer>>> LogOut(HttpContext context, KnownSessions sessions)
    {
        var cookie = await context.AuthenticateAsync(SessionCookie.SchemeName);
        if (Session.Of(cookie.Principal) is { } session)
        {
            await sessions.End(session);
        }

        await context.SignOutAsync(SessionCookie.SchemeName);
        return TypedResults.Ok(new Envelope<LogOutAnswer>(new LogOutAnswer(SignedIn: false)));
    }
}

/// <summary>How things stand after it.</summary>
/// <param name="SignedIn">Always false.</param>
public sealed record LogOutAnswer(bool SignedIn);
