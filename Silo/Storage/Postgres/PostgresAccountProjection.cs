using System.Collections.Immutable;
using Dapper;
using LipSync.Accounts;
using LipSync.Statements;
using Npgsql;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>Rows of accounts in the cluster's database.</summary>
public sealed class PostgresAccountProjection(NpgsqlDataSource database) : IAccountProjection
{
    private const string UpsertNewer = """
        INSERT INTO accounts AS a (account_id, plan, suspended, created_at, version)
        VALUES (@AccountId, @plan, @Suspended, @createdAt, @Version)
        ON CONFLICT (account_id) DO UPDATE SET plan = excluded.plan, suspended = excluded.suspended, version = excluded.version
        WHERE excluded.version > a.version
        """;

    private const string SelectPage = """
        SELECT account_id AS "AccountId", plan AS "Plan", suspended AS "Suspended", created_at AS "CreatedAt", version AS "Version"
        FROM accounts WHERE account_id > @after ORDER BY account_id LIMIT @limit
        """;

    public async Task Upsert(AccountRow row, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            UpsertNewer,
            new { row.AccountId, plan = row.Plan.ToString(), row.Suspended, createdAt = row.CreatedAt.UtcDateTime, row.Version },
            cancellationToken: cancellationToken));
    }

    public async Task<ImmutableArray<AccountRow>> Page(string? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(SelectPage, new { after = after ?? "", limit }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new AccountRow(row.AccountId, Enum.Parse<Plan>(row.Plan), row.Suspended, new(row.CreatedAt, TimeSpan.Zero), row.Version))];
    }

    private sealed record Row(string AccountId, string Plan, bool Suspended, DateTime CreatedAt, long Version);
}
