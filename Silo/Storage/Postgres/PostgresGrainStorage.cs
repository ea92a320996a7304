using Orleans.Storage;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>
/// Grain records through Microsoft.Orleans.Persistence.AdoNet, each under its grain's whole id. By itself that keys a record by the
/// number where a grain's key reads as one in hexadecimal: the accounts <c>cafe</c>, <c>CAFE</c> and <c>0cafe</c> would share one.
/// </summary>
public sealed class PostgresGrainStorage(AdoNetGrainStorage records) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly GrainType AnyType = GrainType.Create("record");

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        records.ReadStateAsync(stateName, Whole(grainId), grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        records.WriteStateAsync(stateName, Whole(grainId), grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        records.ClearStateAsync(stateName, Whole(grainId), grainState);

    public void Participate(ISiloLifecycle observer) => records.Participate(observer);

    /// <summary>With its type and a slash the key reads as nothing but text.</summary>
    private static GrainId Whole(GrainId grainId) => GrainId.Create(AnyType, IdSpan.Create(grainId.ToString()));
}
