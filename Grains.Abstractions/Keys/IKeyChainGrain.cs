using System.Collections.Immutable;

namespace LipSync.Keys;

/// <summary>Which keys of an account are alive. Its grain key is the account's id.</summary>
[Alias("LipSync.IKeyChainGrain")]
public interface IKeyChainGrain : IGrainWithStringKey
{
    /// <summary>Makes a hash a key of the account, where there is room for one more.</summary>
    [Alias("Issue")]
    Task<KeyIssue> Issue(string hash, ApiKeyTerms terms);

    /// <summary>The keys, oldest first. Expired ones stay until another takes their place.</summary>
    [Alias("List")]
    Task<ImmutableArray<ApiKeyView>> List();

    /// <summary>Ends a key for ever. False: the account has no such key, or has no longer.</summary>
    [Alias("Revoke")]
    Task<bool> Revoke(string keyId);
}
