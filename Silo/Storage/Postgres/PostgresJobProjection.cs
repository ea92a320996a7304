using System.Collections.Immutable;
using Dapper;
using LipSync.Jobs;
using Npgsql;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>Rows of jobs in the cluster's database.</summary>
public sealed class PostgresJobProjection(NpgsqlDataSource database) : IJobProjection
{
    private static readonly JobTable Table = new(static time => time.UtcDateTime);

    public async Task Upsert(JobRow row, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(JobTable.UpsertNewer, Table.ParametersOf(row), cancellationToken: cancellationToken));
    }

    public async Task<ImmutableArray<string>> Unfinished(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(JobTable.SelectUnfinished, cancellationToken: cancellationToken))];
    }

    public async Task<ImmutableArray<JobSummary>> List(JobQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await Table.List(connection, query, cancellationToken);
    }

    public async Task<ImmutableArray<JobPlace>> Expired(DateTimeOffset now, JobPlace? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await Table.Expired(connection, now, after, limit, cancellationToken);
    }

    public async Task<DateTimeOffset?> OldestUnfinished(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(JobTable.SelectOldestUnfinished, cancellationToken: cancellationToken));
    }
}
