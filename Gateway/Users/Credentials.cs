using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;

namespace LipSync.Gateway.Users;

/// <summary>Who signs up or logs in.</summary>
public sealed record Credentials
{
    public const int ShortestPassword = 8;
    public const int LongestPassword = 128;

    /// <summary>An e-mail address; capitals make no difference.</summary>
    [Required, StringLength(EmailAddress.Longest)]
    public string? Email { get; init; }

    /// <summary>8 to 128 characters.</summary>
    [Required, StringLength(LongestPassword, MinimumLength = ShortestPassword)]
    public string? Password { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>Whether they can be a new user's; null: they can.</summary>
    public ApiError? CheckNew()
    {
        var errors = Check();
        if (Email is not null && !EmailAddress.TryParse(Email, out _))
        {
            errors.Invalid("email", "must be an e-mail address.");
        }

        if (Password is { Length: < ShortestPassword })
        {
            errors.Invalid("password", $"must be {ShortestPassword} to {LongestPassword} characters.");
        }

        return errors.ToError();
    }

    /// <summary>Whether they can be compared with a user's; null: they can, and whether they are right is not told here.</summary>
    public ApiError? CheckGiven() => Check().ToError();

    /// <summary>Never the password.</summary>
    public override string ToString() => nameof(Credentials);

    private FieldErrors Check()
    {
        var errors = new FieldErrors();
        errors.Unknown(Unknown);

        if (Email is null)
        {
            errors.Invalid("email", "is required.");
        }

        if (Password is null)
        {
            errors.Invalid("password", "is required.");
        }
        else if (Password.Length > LongestPassword)
        {
            errors.Invalid("password", $"must be at most {LongestPassword} characters.");
        }

        return errors;
    }
}
