using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using LipSync.Jobs;

namespace LipSync.Silo.Storage.Sqlite;

/// <summary>Rows of jobs in the embedded database.</summary>
public sealed class SqliteJobProjection(SqliteDatabase database, SqliteWriter writer) : IJobProjection
{
    // Texts of one length, all in UTC: they sort as the times do.
    private static readonly JobTable Table = new(static time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));

    public Task Upsert(JobRow row, CancellationToken cancellationToken) =>
        writer.Write(connection => connection.Execute(JobTable.UpsertNewer, Table.ParametersOf(row)));

    public async Task<ImmutableArray<string>> Unfinished(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return [.. await connection.QueryAsync<string>(new CommandDefinition(JobTable.SelectUnfinished, cancellationToken: cancellationToken))];
    }

    public async Task<ImmutableArray<JobSummary>> List(JobQuery query, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await Table.List(connection, query, cancellationToken);
    }

    public async Task<ImmutableArray<JobPlace>> Expired(DateTimeOffset now, JobPlace? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await Table.Expired(connection, now, after, limit, cancellationToken);
    }

    public async Task<DateTimeOffset?> OldestUnfinished(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var oldest = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(JobTable.SelectOldestUnfinished, cancellationToken: cancellationToken));
        return oldest is null ? null : DateTimeOffset.Parse(oldest, CultureInfo.InvariantCulture);
    }
}
