using System.Collections.Immutable;
using LipSync.Users;

namespace LipSync.Tests.Hosting;

/// <summary>Stands in for a user's grain, in memory.</summary>
internal sealed class UserStandIn(World world) : Grain, IUserGrain
{
    private const int Failures = 5;

    private ImmutableHashSet<string> sessions = [];
    private int attempts;

    private UserView? View => world.Users.TryGetValue(Key, out var user) ? user.View : null;

    private string Key => this.GetPrimaryKeyString();

    public Task<bool> SignUp(NewUser user)
    {
        var isNew = world.Users.TryAdd(Key, (new UserView(user.Email, user.AccountId, Administrator: false), user.PasswordHash));
        sessions = isNew ? sessions.Add(user.SessionId) : sessions;
        return Task.FromResult(isNew);
    }

    public Task<SignInAttempt> TryBegin() => Task.FromResult(++attempts > Failures
        ? new SignInAttempt(TimeSpan.FromMinutes(15), User: null, PasswordHash: null)
        : new SignInAttempt(TimeSpan.Zero, View, View is null ? null : world.Users[Key].PasswordHash));

    public Task SignedIn(SignIn signIn)
    {
        attempts = 0;
        sessions = sessions.Add(signIn.SessionId);
        if (signIn.Rehashed is { } hash)
        {
            world.Users[Key] = world.Users[Key] with { PasswordHash = hash };
        }

        return Task.CompletedTask;
    }

    public Task SignOut(string sessionId)
    {
        sessions = sessions.Remove(sessionId);
        return Task.CompletedTask;
    }

    public Task<UserView?> FindSession(string sessionId) => Task.FromResult(sessions.Contains(sessionId) ? View : null);

    public Task<UserView?> SetAdministrator(bool administrator)
    {
        if (View is { } user)
        {
            world.Users[Key] = world.Users[Key] with { View = user with { Administrator = administrator } };
        }

        return Task.FromResult(View);
    }
}
