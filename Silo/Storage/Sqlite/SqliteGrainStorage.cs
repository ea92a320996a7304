using Dapper;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace LipSync.Silo.Storage.Sqlite;

/// <summary>Grain records in the embedded database.</summary>
public sealed class SqliteGrainStorage(
    SqliteDatabase database, SqliteWriter writer, IGrainStorageSerializer serializer, IActivatorProvider activators)
    : RecordStorage(serializer, activators)
{
    protected override async Task<StoredRecord?> Read(string stateName, string grainId)
    {
        await using var connection = database.Open();
        return await connection.QuerySingleOrDefaultAsync<StoredRecord>(
            "SELECT version AS Version, payload AS Payload FROM grain_state WHERE state_name = @stateName AND grain_id = @grainId",
            new { stateName, grainId });
    }

    protected override Task<bool> Insert(string stateName, string grainId, byte[] payload) => Write(
        "INSERT INTO grain_state (state_name, grain_id, version, payload) VALUES (@stateName, @grainId, 1, @payload) ON CONFLICT DO NOTHING",
        new { stateName, grainId, payload });

    protected override Task<bool> Update(string stateName, string grainId, byte[] payload, long version) => Write(
        "UPDATE grain_state SET version = version + 1, payload = @payload WHERE state_name = @stateName AND grain_id = @grainId AND version = @version",
        new { stateName, grainId, payload, version });

    protected override Task<bool> Delete(string stateName, string grainId, long version) => Write(
        "DELETE FROM grain_state WHERE state_name = @stateName AND grain_id = @grainId AND version = @version",
        new { stateName, grainId, version });

    private async Task<bool> Write(string sql, object parameters) =>
        await writer.Write(connection => connection.Execute(sql, parameters)) == 1;
}
