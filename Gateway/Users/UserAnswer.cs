using LipSync.Users;

namespace LipSync.Gateway.Users;

/// <summary>A user.</summary>
/// <param name="Email">In lower case.</param>
/// <param name="AccountId">The account he acts for.</param>
/// <param name="Admin">He may do what the operator may.</param>
public sealed record UserAnswer(string Email, string AccountId, bool Admin)
{
    public static UserAnswer From(UserView user) => new(user.Email, user.AccountId, user.Administrator);
}
