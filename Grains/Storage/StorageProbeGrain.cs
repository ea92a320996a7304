namespace LipSync.Storage;

[GrainType("storage-probe")]
public sealed class StorageProbeGrain([PersistentState("storage-probe", GrainStorage.Name)] IPersistentState<StorageProbeState> storage)
    : Grain, IStorageProbeGrain
{
    public Task Write() => this.Save(storage, new StorageProbeState { Writes = storage.State.Writes + 1 });
}

[GenerateSerializer, Immutable, Alias("LipSync.StorageProbeState")]
public sealed record StorageProbeState
{
    /// <summary>How often it was asked; nobody reads it.</summary>
    [Id(0)] public long Writes { get; init; }
}
