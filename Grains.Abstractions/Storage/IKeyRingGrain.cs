using System.Collections.Immutable;

namespace LipSync.Storage;

/// <summary>
/// The keys with which gateways protect what they hand out and take back, such as session cookies: shared, so that one gateway
/// reads what another wrote. There is one, with key 0.
/// </summary>
[Alias("LipSync.IKeyRingGrain")]
public interface IKeyRingGrain : IGrainWithIntegerKey
{
    /// <summary>Every key ever added, in order; each is an XML element.</summary>
    [Alias("GetAll")]
    Task<ImmutableArray<string>> GetAll();

    /// <summary>Adds a key; adding the same again changes nothing.</summary>
    [Alias("Add")]
    Task Add(string xml);
}
