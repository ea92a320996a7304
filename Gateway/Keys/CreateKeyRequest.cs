using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;

namespace LipSync.Gateway.Keys;

/// <summary>A key to make.</summary>
public sealed record CreateKeyRequest
{
    public const int LongestName = 64;

    /// <summary>What the key is for, 1 to 64 characters.</summary>
    [Required, StringLength(LongestName, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary>From when on it opens nothing any more; left out: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>Null: nothing is wrong with it.</summary>
    public ApiError? Check(DateTimeOffset now)
    {
        var errors = new FieldErrors();
        errors.Unknown(Unknown);

        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName || Name.Any(char.IsControl))
        {
            errors.Invalid("name", $"must be 1 to {LongestName} printable characters.");
        }

        if (ExpiresAt <= now)
        {
            errors.Invalid("expiresAt", "must be in the future.");
        }

        return errors.ToError();
    }
}
