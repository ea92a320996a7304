namespace LipSync.Users;

/// <param name="Administrator">He may do what the operator may.</param>
[GenerateSerializer, Immutable, Alias("LipSync.UserView")]
public sealed record UserView(
    [property: Id(0)] string Email,
    [property: Id(1)] string AccountId,
    [property: Id(2)] bool Administrator);

/// <param name="Email">Normalised.</param>
/// <param name="AccountId">An account that is only his.</param>
/// <param name="SessionId">His first session.</param>
[GenerateSerializer, Immutable, Alias("LipSync.NewUser")]
public sealed record NewUser(
    [property: Id(0)] string Email,
    [property: Id(1)] string AccountId,
    [property: Id(2)] string PasswordHash,
    [property: Id(3)] string SessionId)
{
    /// <summary>No secret: calls that go wrong are logged with what they carried.</summary>
    public override string ToString() => nameof(NewUser);
}

/// <param name="Wait">How long the user is locked; zero: he is not.</param>
/// <param name="User">Null: he is locked, or there is no such user.</param>
/// <param name="PasswordHash">Null where <paramref name="User"/> is.</param>
[GenerateSerializer, Immutable, Alias("LipSync.SignInAttempt")]
public sealed record SignInAttempt(
    [property: Id(0)] TimeSpan Wait,
    [property: Id(1)] UserView? User,
    [property: Id(2)] string? PasswordHash)
{
    /// <inheritdoc cref="NewUser.ToString"/>
    public override string ToString() => nameof(SignInAttempt);
}

/// <param name="Rehashed">The same password, hashed as is usual now; null: its hash is good.</param>
[GenerateSerializer, Immutable, Alias("LipSync.SignIn")]
public sealed record SignIn([property: Id(0)] string SessionId, [property: Id(1)] string? Rehashed)
{
    /// <inheritdoc cref="NewUser.ToString"/>
    public override string ToString() => nameof(SignIn);
}
