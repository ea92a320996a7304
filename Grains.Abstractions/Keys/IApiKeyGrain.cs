using LipSync.Accounts;

namespace LipSync.Keys;

/// <summary>One API key. Its grain key is the lower-case hexadecimal SHA-256 of the secret, which is stored nowhere.</summary>
/// <remarks>Silos know it by the name of the room in which it began.</remarks>
[Alias("LipSync.IApiKeyGrain"), GrainInterfaceType("LipSync.Accounts.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Makes this hash a key of the account; issuing it again changes nothing.</summary>
    [Alias("Issue")]
    Task Issue(string accountId, ApiKeyScope scope, string name);

    /// <summary>Makes this hash a key of the account on these terms; granting it again changes nothing.</summary>
    [Alias("Grant")]
    Task Grant(string accountId, ApiKeyTerms terms);

    /// <summary>Whose key this is; null: nobody's. Asking counts as a use of the key.</summary>
    [Alias("Identify")]
    Task<ApiKeyIdentity?> Identify();

    /// <summary>What its owner may see of it; null: there is no such key.</summary>
    [Alias("Describe")]
    Task<ApiKeyView?> Describe();

    /// <summary>Ends the key for ever; doing it again changes nothing.</summary>
    [Alias("Revoke")]
    Task Revoke();
}
