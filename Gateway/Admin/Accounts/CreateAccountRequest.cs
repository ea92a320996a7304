using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Accounts;

namespace LipSync.Gateway.Admin.Accounts;

/// <summary>An account to open.</summary>
public sealed record CreateAccountRequest
{
    /// <summary>1 to 64 letters, digits, <c>_</c> and <c>-</c>; it never changes.</summary>
    [Required]
    public string? AccountId { get; init; }

    /// <summary>What the account may do.</summary>
    [Required]
    public Plan? Plan { get; init; }

    /// <summary>Credits to begin with; none where not given.</summary>
    public long? Credits { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>An account that was opened.</summary>
/// <param name="Key">Its first API key, shown this once.</param>
public sealed record CreateAccountAnswer(string AccountId, string Key);
