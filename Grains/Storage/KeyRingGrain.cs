using System.Collections.Immutable;

namespace LipSync.Storage;

[GrainType("key-ring")]
public sealed class KeyRingGrain([PersistentState("key-ring", GrainStorage.Name)] IPersistentState<KeyRingState> storage) : Grain, IKeyRingGrain
{
    public Task<ImmutableArray<string>> GetAll() => Task.FromResult(storage.State.Keys);

    public Task Add(string xml) => storage.State.Keys.Contains(xml, StringComparer.Ordinal)
        ? Task.CompletedTask
        : this.Save(storage, new KeyRingState { Keys = storage.State.Keys.Add(xml) });
}

[GenerateSerializer, Immutable, Alias("LipSync.KeyRingState")]
public sealed record KeyRingState
{
    [Id(0)] public ImmutableArray<string> Keys { get; init; } = [];
}
