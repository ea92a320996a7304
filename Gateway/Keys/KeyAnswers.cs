using LipSync.Keys;

namespace LipSync.Gateway.Keys;

/// <summary>A key of the account, without its secret.</summary>
/// <param name="Prefix">The key's first characters.</param>
/// <param name="LastUsedAt">To about a minute; left out where it was never used.</param>
/// <param name="ExpiresAt">Left out where it never does.</param>
public sealed record KeyAnswer(string Id, string Name, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt)
{
    public static KeyAnswer From(ApiKeyView key) => new(key.Id, key.Name, key.Prefix, key.CreatedAt, key.LastUsedAt, key.ExpiresAt);
}

/// <summary>A key that was just made.</summary>
/// <param name="Prefix">The key's first characters, by which lists show it.</param>
/// <param name="Key">The key itself, shown this once.</param>
/// <param name="ExpiresAt">Left out where it never does.</param>
public sealed record NewKeyAnswer(string Id, string Name, string Prefix, string Key, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>A key that opens nothing any more.</summary>
/// <param name="Revoked">Always true.</param>
public sealed record RevokedKeyAnswer(string Id, bool Revoked);
