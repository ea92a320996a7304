using System.Globalization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace LipSync.Silo.Storage;

/// <summary>A grain's record as the database has it.</summary>
/// <param name="Version">1 for a new record, one more for every write.</param>
public sealed record StoredRecord(long Version, byte[] Payload);

/// <summary>
/// Grain records under state name and grain id. The etag is the record's version; a write over another version than the one that
/// was read throws <see cref="InconsistentStateException"/>.
/// </summary>
public abstract class RecordStorage(IGrainStorageSerializer serializer, IActivatorProvider activators) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (await Read(stateName, grainId.ToString()) is not { } record)
        {
            Forget(grainState);
            return;
        }

        grainState.State = serializer.Deserialize<T>(record.Payload);
        Remember(grainState, record.Version);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = grainId.ToString();
        var payload = serializer.Serialize(grainState.State).ToArray();
        var read = Version(grainState.ETag);
        var written = read is { } version ? await Update(stateName, key, payload, version) : await Insert(stateName, key, payload);
        Require(written, stateName, key, grainState.ETag);
        Remember(grainState, (read ?? 0) + 1);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = grainId.ToString();
        if (Version(grainState.ETag) is { } version)
        {
            Require(await Delete(stateName, key, version), stateName, key, grainState.ETag);
        }

        Forget(grainState);
    }

    protected abstract Task<StoredRecord?> Read(string stateName, string grainId);

    /// <summary>False: there is such a record.</summary>
    protected abstract Task<bool> Insert(string stateName, string grainId, byte[] payload);

    /// <summary>Raises the version by one. False: the record is not at this version.</summary>
    protected abstract Task<bool> Update(string stateName, string grainId, byte[] payload, long version);

    /// <summary>False: the record is not at this version.</summary>
    protected abstract Task<bool> Delete(string stateName, string grainId, long version);

    private static void Require(bool done, string stateName, string key, string? etag)
    {
        if (!done)
        {
            throw new InconsistentStateException($"The record {stateName} of {key} is no longer at version {etag ?? "none"}.");
        }
    }

    private static long? Version(string? etag) => etag is null ? null : long.Parse(etag, CultureInfo.InvariantCulture);

    private static void Remember<T>(IGrainState<T> grainState, long version)
    {
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    private void Forget<T>(IGrainState<T> grainState)
    {
        grainState.State = activators.GetActivator<T>().Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }
}
