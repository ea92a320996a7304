using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using LipSync.Jobs;

namespace LipSync.Silo.Storage;

/// <summary>The table of jobs, as far as it is read and written alike in both databases.</summary>
/// <param name="time">A time as the database compares it.</param>
internal sealed class JobTable(Func<DateTimeOffset, object> time)
{
    public const string UpsertNewer = """
        INSERT INTO jobs AS j (
            job_id, account_id, version, input_type, status, created_at, updated_at, credits_used, error_code, error_message,
            metadata, output_key, expires_at, deleted)
        VALUES (
            @jobId, @accountId, @version, @inputType, @status, @createdAt, @updatedAt, @creditsUsed, @errorCode, @errorMessage,
            @metadata, @outputKey, @expiresAt, @deleted)
        ON CONFLICT (job_id) DO UPDATE SET
            version = excluded.version, status = excluded.status, updated_at = excluded.updated_at,
            credits_used = excluded.credits_used, error_code = excluded.error_code, error_message = excluded.error_message,
            metadata = excluded.metadata, output_key = excluded.output_key, expires_at = excluded.expires_at, deleted = excluded.deleted
        WHERE excluded.version > j.version
        """;

    // The literals match the index jobs_unfinished.
    public const string SelectUnfinished = "SELECT job_id FROM jobs WHERE status IN ('Queued', 'Processing') ORDER BY job_id";

    public const string SelectOldestUnfinished = "SELECT min(created_at) FROM jobs WHERE status IN ('Queued', 'Processing')";

    private const string Columns =
        "job_id, account_id, input_type, status, created_at, updated_at, credits_used, error_code, error_message, metadata, output_key, expires_at";

    public DynamicParameters ParametersOf(JobRow row)
    {
        var parameters = new DynamicParameters();
        parameters.Add("jobId", row.JobId);
        parameters.Add("accountId", row.AccountId);
        parameters.Add("version", row.Version);
        parameters.Add("inputType", row.InputType.ToString());
        parameters.Add("status", row.Status.ToString());
        parameters.Add("createdAt", time(row.CreatedAt));
        parameters.Add("updatedAt", time(row.UpdatedAt));
        parameters.Add("creditsUsed", row.CreditsUsed, System.Data.DbType.Int64);
        parameters.Add("errorCode", row.ErrorCode);
        parameters.Add("errorMessage", row.ErrorMessage);
        parameters.Add("metadata", row.Metadata);
        parameters.Add("outputKey", row.OutputKey);
        parameters.Add("expiresAt", row.ExpiresAt is { } at ? time(at) : null, row.ExpiresAt is null ? System.Data.DbType.DateTime : null);
        parameters.Add("deleted", row.IsDeleted);
        return parameters;
    }

    /// <summary>The conditions are those of the indexes jobs_of_…, so that a page is read from one of them in order.</summary>
    public async Task<ImmutableArray<JobSummary>> List(DbConnection connection, JobQuery query, CancellationToken cancellationToken)
    {
        var (conditions, parameters) = (new List<string> { "NOT deleted" }, new DynamicParameters());
        parameters.Add("limit", query.Limit);
        if (query.AccountId is { } account)
        {
            conditions.Add("account_id = @account");
            parameters.Add("account", account);
        }

        if (query.Status is { } status)
        {
            conditions.Add("status = @status");
            parameters.Add("status", status.ToString());
        }

        if (query.After is { } after)
        {
            conditions.Add("(created_at, job_id) < (@at, @id)");
            parameters.Add("at", time(after.At));
            parameters.Add("id", after.JobId);
        }

        var sql = $"SELECT {Columns} FROM jobs WHERE {string.Join(" AND ", conditions)} ORDER BY created_at DESC, job_id DESC LIMIT @limit";
        return await ReadAll(connection, new(sql, parameters, cancellationToken: cancellationToken), ReadSummary);
    }

    /// <summary>By the index jobs_with_output.</summary>
    public async Task<ImmutableArray<JobPlace>> Expired(
        DbConnection connection, DateTimeOffset now, JobPlace? after, int limit, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        parameters.Add("limit", limit);
        parameters.Add("now", time(now));
        parameters.Add("at", time(after?.At ?? DateTimeOffset.UnixEpoch));
        parameters.Add("id", after?.JobId ?? "");
        const string Sql = """
            SELECT expires_at, job_id FROM jobs
            WHERE output_key IS NOT NULL AND expires_at <= @now AND (expires_at, job_id) > (@at, @id)
            ORDER BY expires_at, job_id LIMIT @limit
            """;
        return await ReadAll(connection, new(Sql, parameters, cancellationToken: cancellationToken), row => new JobPlace(Time(row, 0), row.GetString(1)));
    }

    private static async Task<ImmutableArray<T>> ReadAll<T>(DbConnection connection, CommandDefinition command, Func<DbDataReader, T> read)
    {
        await using var reader = await connection.ExecuteReaderAsync(command);
        var items = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync(command.CancellationToken))
        {
            items.Add(read(reader));
        }

        return items.ToImmutable();
    }

    private static JobSummary ReadSummary(DbDataReader row) => new()
    {
        JobId = row.GetString(0),
        AccountId = row.GetString(1),
        InputType = Enum.Parse<InputType>(row.GetString(2)),
        Status = Enum.Parse<JobStatus>(row.GetString(3)),
        CreatedAt = Time(row, 4),
        UpdatedAt = Time(row, 5),
        CreditsUsed = row.IsDBNull(6) ? null : row.GetInt64(6),
        Error = Text(row, 7) is { } code ? new(code, Text(row, 8) ?? "") : null, // sentences were not kept from the beginning
        Metadata = Text(row, 9),
        OutputKey = Text(row, 10),
        OutputExpiresAt = row.IsDBNull(11) ? null : Time(row, 11),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>Both databases' readers turn what they hold into this type.</summary>
    private static DateTimeOffset Time(DbDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);
}
