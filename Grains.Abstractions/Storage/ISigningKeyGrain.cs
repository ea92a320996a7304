namespace LipSync.Storage;

/// <summary>The cluster's secret for signed links, made once and shared by every gateway. Its key is <see cref="Links"/>.</summary>
[Alias("LipSync.ISigningKeyGrain")]
public interface ISigningKeyGrain : IGrainWithStringKey
{
    const string Links = "links";

    /// <summary>32 random bytes, the same for ever.</summary>
    [Alias("Get")]
    Task<byte[]> Get();
}
