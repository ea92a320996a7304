using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
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
            Sessions = [HashOf(user.SessionId)],
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
        var session = HashOf(signIn.SessionId);
        var others = State.Sessions.Remove(session, StringComparer.Ordinal);
        var surplus = Math.Max(0, others.Length + 1 - options.CurrentValue.MostSessions);
        return this.Save(storage, State with
        {
            PasswordHash = signIn.Rehashed ?? State.PasswordHash,
            Sessions = [.. others.Skip(surplus), session],
        });
    }

    public Task SignOut(string sessionId) => IsOpen(sessionId)
        ? this.Save(storage, State with { Sessions = State.Sessions.Remove(HashOf(sessionId), StringComparer.Ordinal) })
        : Task.CompletedTask;

    public Task<UserView?> FindSession(string sessionId) => Task.FromResult(IsOpen(sessionId) ? View : null);

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

    private bool IsOpen(string sessionId) => State.Sessions.Contains(HashOf(sessionId), StringComparer.Ordinal);

    /// <summary>128 random bits need no slow hash.</summary>
    private static string HashOf(string sessionId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)));
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

    /// <summary>SHA-256 of the sessions' ids, oldest first: who reads this can't sign in with it. A session's cookie tells when it lapses.</summary>
    [Id(5)] public ImmutableArray<string> Sessions { get; init; } = [];
}
