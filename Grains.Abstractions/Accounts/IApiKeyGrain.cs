namespace LipSync.Accounts;

public enum ApiKeyScope { Customer, Admin }

/// <summary>One API key. Its grain key is the lower-case hexadecimal SHA-256 of the secret, which is stored nowhere.</summary>
[Alias("LipSync.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Makes this hash a key of the account; issuing it again changes nothing.</summary>
    [Alias("Issue")]
    Task Issue(string accountId, ApiKeyScope scope, string name);

    /// <summary>Whose key this is; null: nobody's.</summary>
    [Alias("Identify")]
    Task<ApiKeyIdentity?> Identify();
}

[GenerateSerializer, Immutable, Alias("LipSync.ApiKeyIdentity")]
public sealed record ApiKeyIdentity(
    [property: Id(0)] string AccountId,
    [property: Id(1)] ApiKeyScope Scope,
    [property: Id(2)] string Name);
