namespace LipSync.Users;

/// <summary>
/// Somebody who signs in. The grain key is the lower-case hexadecimal SHA-256 of the normalised e-mail address, so that one address
/// has one user, and no log that names the grain names him. Passwords never come here: gateways verify them.
/// </summary>
[Alias("LipSync.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Records the user, signed in. False: there is one, and he is left as he is.</summary>
    [Alias("SignUp")]
    Task<bool> SignUp(NewUser user);

    /// <summary>
    /// Counts an attempt to sign in and answers what its password is to be verified against, in this order: however many attempts
    /// come at once, no more than allowed are answered before the user is locked. An unknown user is locked like any other.
    /// </summary>
    [Alias("TryBegin")]
    Task<SignInAttempt> TryBegin();

    /// <summary>The password was right: begins a session and forgets the failures. Of many sessions the oldest ends.</summary>
    [Alias("SignedIn")]
    Task SignedIn(SignIn signIn);

    /// <summary>Ends a session; ending it again changes nothing.</summary>
    [Alias("SignOut")]
    Task SignOut(string sessionId);

    /// <summary>Whose session it is; null: there is no such session, or no longer.</summary>
    [Alias("FindSession")]
    Task<UserView?> FindSession(string sessionId);

    /// <summary>Makes the user an administrator or a customer only. Null: there is no such user.</summary>
    [Alias("SetAdministrator")]
    Task<UserView?> SetAdministrator(bool administrator);
}
