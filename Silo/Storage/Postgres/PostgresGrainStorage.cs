using LipSync.Gateway.Cluster;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>
/// Grain records in the cluster's database. Not through Microsoft.Orleans.Persistence.AdoNet: that keys a record whose grain key
/// reads as a hexadecimal number by the number, so that the accounts <c>cafe</c> and <c>CAFE</c> would share one.
/// </summary>
public sealed class PostgresGrainStorage(
    NpgsqlDataSource database, IOptions<ClusterSettings> cluster, IGrainStorageSerializer serializer, IActivatorProvider activators)
    : RecordStorage(serializer, activators)
{
    private readonly string serviceId = cluster.Value.ServiceId;

    protected override async Task<StoredRecord?> Read(string stateName, string grainId)
    {
        await using var command = Command(
            "SELECT version, payload FROM grain_state WHERE grain_id = $1 AND state_name = $2 AND service_id = $3", grainId, stateName);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? new StoredRecord(reader.GetInt64(0), await reader.GetFieldValueAsync<byte[]>(1)) : null;
    }

    protected override async Task<bool> Insert(string stateName, string grainId, byte[] payload)
    {
        await using var command = Command(
            "INSERT INTO grain_state (grain_id, state_name, service_id, version, payload) VALUES ($1, $2, $3, 1, $4) ON CONFLICT DO NOTHING",
            grainId,
            stateName);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = payload });
        return await command.ExecuteNonQueryAsync() == 1;
    }

    protected override async Task<bool> Update(string stateName, string grainId, byte[] payload, long version)
    {
        await using var command = Command(
            "UPDATE grain_state SET version = version + 1, payload = $4 WHERE grain_id = $1 AND state_name = $2 AND service_id = $3 AND version = $5",
            grainId,
            stateName);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = payload });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        return await command.ExecuteNonQueryAsync() == 1;
    }

    protected override async Task<bool> Delete(string stateName, string grainId, long version)
    {
        await using var command = Command(
            "DELETE FROM grain_state WHERE grain_id = $1 AND state_name = $2 AND service_id = $3 AND version = $4", grainId, stateName);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        return await command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>A statement with the record's key as its first three parameters.</summary>
    private NpgsqlCommand Command(string sql, string grainId, string stateName)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grainId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stateName });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = serviceId });
        return command;
    }
}
