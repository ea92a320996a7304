using System.Globalization;
using Dapper;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace LipSync.Silo.Storage.Sqlite;

/// <summary>
/// Grain records in the embedded database. The etag is the row's version; a write over another version than the one that was
/// read throws <see cref="InconsistentStateException"/>.
/// </summary>
public sealed class SqliteGrainStorage(
    SqliteDatabase database, SqliteWriter writer, IGrainStorageSerializer serializer, IActivatorProvider activators) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var connection = database.Open();
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "SELECT version AS Version, payload AS Payload FROM grain_state WHERE state_name = @stateName AND grain_id = @id",
            new { stateName, id = grainId.ToString() });
        if (row is null)
        {
            Forget(grainState);
            return;
        }

        grainState.State = serializer.Deserialize<T>(row.Payload);
        Remember(grainState, row.Version);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = grainId.ToString();
        var read = Version(grainState.ETag);
        var payload = serializer.Serialize(grainState.State).ToArray();
        var written = await writer.Write(connection => connection.Execute(
            read is null
                ? "INSERT INTO grain_state (state_name, grain_id, version, payload) VALUES (@stateName, @key, 1, @payload) ON CONFLICT DO NOTHING"
                : "UPDATE grain_state SET version = version + 1, payload = @payload WHERE state_name = @stateName AND grain_id = @key AND version = @read",
            new { stateName, key, payload, read }));
        RequireOne(written, stateName, key, grainState.ETag);
        Remember(grainState, (read ?? 0) + 1);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = grainId.ToString();
        if (Version(grainState.ETag) is { } read)
        {
            var cleared = await writer.Write(connection => connection.Execute(
                "DELETE FROM grain_state WHERE state_name = @stateName AND grain_id = @key AND version = @read",
                new { stateName, key, read }));
            RequireOne(cleared, stateName, key, grainState.ETag);
        }

        Forget(grainState);
    }

    private static void RequireOne(int rows, string stateName, string key, string? etag)
    {
        if (rows != 1)
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

    private sealed record Row(long Version, byte[] Payload);
}
