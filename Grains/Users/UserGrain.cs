using System.Collections.Immutable;
using LipSync.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Users;

/// <summary>
/// Attempts are counted in memory, for unknown users as well: guessing neither fills the database nor takes longer where there is
/// a user. An activation that is lost forgives the few attempts that a user has anyway.
/// </summary>
[GrainType("user")]
public sealed class UserGrain(
    [PersistentState("user", GrainStorage.Name)] IPersistentState<UserState> storage,
    IOptionsMonitor<UserOptions> options,
    TimeProvider time) : Grain, IUserGrain
{
    private LockOut lockOut;

    private UserState State => storage.State;

    private UserView View => new(State.Email, State.AccountId, State.Administrator);

    public async Task<bool> SignUp(NewUser user)
    {
        if (storage.RecordExists)
        {
            return false;
        }

        await this.Save(storage, new UserState
        {
            Email = user.Email,
            AccountId = user.AccountId,
            PasswordHash = user.PasswordHash,
            CreatedAt = time.GetUtcNow(),
            Sessions = [user.SessionId],
        });
        return true;
    }

    public Task<SignInAttempt> TryBegin()
    {
        var (allowed, duration) = (options.CurrentValue.Failures, options.CurrentValue.LockDuration);
        (lockOut, var wait) = lockOut.Begin(allowed, duration, time.GetUtcNow());
        return Task.FromResult(storage.RecordExists && wait == TimeSpan.Zero
            ? new SignInAttempt(wait, View, State.PasswordHash)
            : new SignInAttempt(wait, User: null, PasswordHash: null));
    }

    public Task SignedIn(SignIn signIn)
    {
        lockOut = default;
        var others = State.Sessions.Remove(signIn.SessionId, StringComparer.Ordinal);
        var surplus = Math.Max(0, others.Length + 1 - options.CurrentValue.MostSessions);
        return this.Save(storage, State with
        {
            PasswordHash = signIn.Rehashed ?? State.PasswordHash,
            Sessions = [.. others.Skip(surplus), signIn.SessionId],
        });
    }

    public Task SignOut(string sessionId) => State.Sessions.Contains(sessionId, StringComparer.Ordinal)
        ? this.Save(storage, State with { Sessions = State.Sessions.Remove(sessionId, StringComparer.Ordinal) })
        : Task.CompletedTask;

    public Task<UserView?> FindSession(string sessionId) => Task.FromResult(State.Sessions.Contains(sessionId, StringComparer.Ordinal) ? View : null);

    public async Task<UserView?> SetAdministrator(bool administrator)
    {
        if (!storage.RecordExists)
        {
            return null;
        }

        if (State.Administrator != administrator)
        {
            await this.Save(storage, State with { Administrator = administrator });
        }

        return View;
    }
}

[GenerateSerializer, Immutable, Alias("LipSync.UserState")]
public sealed record UserState
{
    [Id(0)] public string Email { get; init; } = "";

    [Id(1)] public string AccountId { get; init; } = "";

    /// <summary>As ASP.NET Core Identity's password hasher writes it, salt and parameters included.</summary>
    [Id(2)] public string PasswordHash { get; init; } = "";

    [Id(3)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>He may do what the operator may.</summary>
    [Id(4)] public bool Administrator { get; init; }

    /// <summary>Oldest first. A session's cookie tells when it lapses.</summary>
    [Id(5)] public ImmutableArray<string> Sessions { get; init; } = [];
}
