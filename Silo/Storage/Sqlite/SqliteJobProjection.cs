using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using LipSync.Jobs;

namespace LipSync.Silo.Storage.Sqlite;

/// <summary>Rows of jobs in the embedded database.</summary>
public sealed class SqliteJobProjection(SqliteDatabase database, SqliteWriter writer) : IJobProjection
{
    private const string UpsertNewer = """
        INSERT INTO jobs (job_id, account_id, version, input_type, status, created_at, updated_at, credits_used, error_code, output_key)
        VALUES (@JobId, @AccountId, @Version, @inputType, @status, @createdAt, @updatedAt, @CreditsUsed, @ErrorCode, @OutputKey)
        ON CONFLICT (job_id) DO UPDATE SET
            version = excluded.version, status = excluded.status, updated_at = excluded.updated_at,
            credits_used = excluded.credits_used, error_code = excluded.error_code, output_key = excluded.output_key
        WHERE excluded.version > version
        """;

    // The literal lists match the index jobs_unfinished.
    private const string SelectUnfinished = "SELECT job_id FROM jobs WHERE status IN ('Queued', 'Processing') ORDER BY job_id";

    private const string SelectOldestUnfinished = "SELECT min(created_at) FROM jobs WHERE status IN ('Queued', 'Processing')";

    public Task Upsert(JobRow row, CancellationToken cancellationToken) =>
        writer.Write(connection => connection.Execute(UpsertNewer, new
        {
            row.JobId,
            row.AccountId,
            row.Version,
            inputType = row.InputType.ToString(),
            status = row.Status.ToString(),
            createdAt = Text(row.CreatedAt),
            updatedAt = Text(row.UpdatedAt),
            row.CreditsUsed,
            row.ErrorCode,
            row.OutputKey,
        }));

    public async Task<ImmutableArray<string>> Unfinished(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return [.. await connection.QueryAsync<string>(new CommandDefinition(SelectUnfinished, cancellationToken: cancellationToken))];
    }

    public async Task<DateTimeOffset?> OldestUnfinished(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var oldest = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(SelectOldestUnfinished, cancellationToken: cancellationToken));
        return oldest is null ? null : DateTimeOffset.Parse(oldest, CultureInfo.InvariantCulture);
    }

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
