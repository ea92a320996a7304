using LipSync.Accounts;

namespace LipSync.Keys;

/// <summary>What a key is issued with.</summary>
/// <param name="Name">Tells its owner what it is for.</param>
/// <param name="Prefix">The secret's beginning, by which its owner knows it again.</param>
/// <param name="ExpiresAt">Null: never.</param>
[GenerateSerializer, Immutable, Alias("LipSync.ApiKeyTerms")]
public sealed record ApiKeyTerms(
    [property: Id(0)] ApiKeyScope Scope,
    [property: Id(1)] string Name,
    [property: Id(2)] string Prefix,
    [property: Id(3)] DateTimeOffset? ExpiresAt = null);

/// <param name="ExpiresAt">Null: never.</param>
/// <param name="Revoked">The key opens nothing any more.</param>
[GenerateSerializer, Immutable, Alias("LipSync.ApiKeyIdentity")]
public sealed record ApiKeyIdentity(
    [property: Id(0)] string AccountId,
    [property: Id(1)] ApiKeyScope Scope,
    [property: Id(2)] string Name,
    [property: Id(3)] DateTimeOffset? ExpiresAt = null,
    [property: Id(4)] bool Revoked = false);

/// <param name="LastUsedAt">To the minute; null: never used.</param>
[GenerateSerializer, Immutable, Alias("LipSync.ApiKeyView")]
public sealed record ApiKeyView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Prefix,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset? LastUsedAt,
    [property: Id(5)] DateTimeOffset? ExpiresAt);

/// <param name="Key">Null: the account has as many keys as it may.</param>
/// <param name="MostKeys">How many that is.</param>
[GenerateSerializer, Immutable, Alias("LipSync.KeyIssue")]
public sealed record KeyIssue([property: Id(0)] ApiKeyView? Key, [property: Id(1)] int MostKeys);
