using LipSync.Gateway.Sessions;

namespace LipSync.Gateway.Security;

/// <summary>Whether what a long request was let in with still opens anything: keys are revoked and sessions end while it runs.</summary>
public sealed class StandingAccess(KnownKeys keys, KnownSessions sessions, TimeProvider time)
{
    public async ValueTask<bool> Holds(HttpContext context)
    {
        if (Session.Of(context.User) is { } session)
        {
            return await sessions.Find(session) is not null;
        }

        return ApiKey.TryParse(context.Request.Headers[ApiKeyHandler.Header], out var key)
            && await keys.Identify(key) is { Revoked: false } identity
            && (identity.ExpiresAt is not { } expiry || expiry > time.GetUtcNow());
    }
}
