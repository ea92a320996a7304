using LipSync.Gateway.Security;
using LipSync.Users;

namespace LipSync.Gateway.Sessions;

/// <summary>Whose session it is. A gateway goes on with a session that was ended elsewhere for <see cref="Lifetime"/>.</summary>
public sealed class KnownSessions(IGrainFactory grains, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Lifetime = RecentAnswers<UserView>.Lifetime;

    private readonly RecentAnswers<UserView> known = new(time);

    /// <summary>Null: no session, or no longer.</summary>
    public ValueTask<UserView?> Find(Session session) => known.Get(session.Id, id => User(session).FindSession(id));

    /// <summary>Ends the session: here at once.</summary>
    public async Task End(Session session)
    {
        await User(session).SignOut(session.Id);
        known.Forget(session.Id);
    }

    public void Dispose() => known.Dispose();

    private IUserGrain User(Session session) => grains.GetGrain<IUserGrain>(session.UserKey);
}
