using LipSync.Tests.Hosting;
using LipSync.Users;

namespace LipSync.Tests.Users;

public sealed class UserGrainTests
{
    private static readonly NewUser Ada = new("ada@example.com", "acct_1", "hash", "first session");
    private static readonly UserView View = new("ada@example.com", "acct_1", Administrator: false);

    [Fact]
    public async Task SignUp_Twice_KeepsTheFirst()
    {
        await using var silo = await TestSilo.Start();
        var user = User(silo);

        Assert.True(await user.SignUp(Ada));
        Assert.False(await user.SignUp(Ada with { AccountId = "acct_2", PasswordHash = "other", SessionId = "other" }));
        await silo.Deactivate(user);

        Assert.Equal(View, await user.FindSession("first session"));
        Assert.DoesNotContain("first session", silo.State.Read<UserState>("user", user.GetPrimaryKeyString()).Sessions);
        Assert.Null(await user.FindSession("other"));
        var attempt = await user.TryBegin();
        Assert.Equal((TimeSpan.Zero, View, "hash"), (attempt.Wait, attempt.User, attempt.PasswordHash));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TryBegin_FiftyAtOnce_FiveMayBeVerifiedWhetherOrNotThereIsAUser(bool exists)
    {
        await using var silo = await TestSilo.Start();
        var user = User(silo);
        if (exists)
        {
            await user.SignUp(Ada);
        }

        var attempts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => user.TryBegin()));

        Assert.Equal(5, attempts.Count(attempt => attempt.Wait == TimeSpan.Zero));
        Assert.Equal(exists ? 5 : 0, attempts.Count(attempt => attempt.PasswordHash is not null));
        Assert.All(attempts, attempt => Assert.InRange(attempt.Wait, TimeSpan.Zero, TimeSpan.FromMinutes(15)));
        silo.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(TimeSpan.Zero, (await user.TryBegin()).Wait);
        Assert.Equal(exists ? 1 : 0, silo.State.Writes.GetValueOrDefault("user"));
    }

    [Fact]
    public async Task SignedIn_AfterFailures_ForgetsThemAndTakesTheNewHash()
    {
        await using var silo = await TestSilo.Start();
        var user = User(silo);
        await user.SignUp(Ada);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await user.TryBegin();
        }

        await user.SignedIn(new("second session", "new hash"));

        Assert.Equal("new hash", (await user.TryBegin()).PasswordHash);
        Assert.Equal(View, await user.FindSession("first session"));
        Assert.Equal(View, await user.FindSession("second session"));
    }

    [Fact]
    public async Task SignedIn_MoreOftenThanSessionsAreKept_EndsTheOldest()
    {
        await using var silo = await TestSilo.Start();
        var user = User(silo);
        await user.SignUp(Ada);
        for (var number = 0; number < 20; number++)
        {
            await user.SignedIn(new($"session {number}", Rehashed: null));
        }

        Assert.Null(await user.FindSession("first session"));
        Assert.Equal(View, await user.FindSession("session 0"));
        Assert.Equal(20, silo.State.Read<UserState>("user", user.GetPrimaryKeyString()).Sessions.Length);
    }

    [Fact]
    public async Task SignOut_OfASession_EndsItOnly()
    {
        await using var silo = await TestSilo.Start();
        var user = User(silo);
        await user.SignUp(Ada);
        await user.SignedIn(new("second session", Rehashed: null));

        await user.SignOut("first session");
        await user.SignOut("first session");
        await user.SignOut("nobody's");
        await silo.Deactivate(user);

        Assert.Null(await user.FindSession("first session"));
        Assert.Equal(View, await user.FindSession("second session"));
        Assert.Equal(3, silo.State.Writes["user"]);
    }

    [Fact]
    public async Task SetAdministrator_OfAUser_IsKept()
    {
        await using var silo = await TestSilo.Start();
        var user = User(silo);
        Assert.Null(await user.SetAdministrator(true));
        await user.SignUp(Ada);

        Assert.Equal(View with { Administrator = true }, await user.SetAdministrator(true));
        await silo.Deactivate(user);

        Assert.Equal(View with { Administrator = true }, await user.FindSession("first session"));
    }

    [Fact]
    public void Messages_AsText_TellNoSecret()
    {
        Assert.Equal("NewUser", Ada.ToString());
        Assert.Equal("SignIn", new SignIn("secret", "secret").ToString());
        Assert.Equal("SignInAttempt", new SignInAttempt(TimeSpan.Zero, View, "secret").ToString());
    }

    private static IUserGrain User(TestSilo silo) => silo.Grains.GetGrain<IUserGrain>("ada");
}
