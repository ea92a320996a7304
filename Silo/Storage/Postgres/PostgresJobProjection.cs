using System.Collections.Immutable;
using Dapper;
using LipSync.Jobs;
using Npgsql;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>Rows of jobs in the cluster's database.</summary>
public sealed class PostgresJobProjection(NpgsqlDataSource database) : IJobProjection
{
    private const string UpsertNewer = """
        INSERT INTO jobs AS j (job_id, account_id, version, input_type, status, created_at, updated_at, credits_used, error_code, output_key)
        VALUES (@JobId, @AccountId, @Version, @inputType, @status, @CreatedAt, @UpdatedAt, @CreditsUsed, @ErrorCode, @OutputKey)
        ON CONFLICT (job_id) DO UPDATE SET
            version = excluded.version, status = excluded.status, updated_at = excluded.updated_at,
            credits_used = excluded.credits_used, error_code = excluded.error_code, output_key = excluded.output_key
        WHERE excluded.version > j.version
        """;

    // The literal lists match the index jobs_unfinished.
    private const string SelectUnfinished = "SELECT job_id FROM jobs WHERE status IN ('Queued', 'Processing') ORDER BY job_id";

    private const string SelectOldestUnfinished = "SELECT min(created_at) FROM jobs WHERE status IN ('Queued', 'Processing')";

    public async Task Upsert(JobRow row, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            UpsertNewer,
            new
            {
                row.JobId,
                row.AccountId,
                row.Version,
                inputType = row.InputType.ToString(),
                status = row.Status.ToString(),
                CreatedAt = row.CreatedAt.UtcDateTime,
                UpdatedAt = row.UpdatedAt.UtcDateTime,
                row.CreditsUsed,
                row.ErrorCode,
                row.OutputKey,
            },
            cancellationToken: cancellationToken));
    }

    public async Task<ImmutableArray<string>> Unfinished(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(SelectUnfinished, cancellationToken: cancellationToken))];
    }

    public async Task<DateTimeOffset?> OldestUnfinished(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(SelectOldestUnfinished, cancellationToken: cancellationToken));
    }
}
