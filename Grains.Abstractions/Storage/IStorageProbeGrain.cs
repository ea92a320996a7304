namespace LipSync.Storage;

/// <summary>Tells whether grains can keep their state now. There is one, with key 0.</summary>
[Alias("LipSync.IStorageProbeGrain")]
public interface IStorageProbeGrain : IGrainWithIntegerKey
{
    /// <summary>Writes a small record; throws what every other grain's write would throw.</summary>
    [Alias("Write")]
    Task Write();
}
