using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using LipSync.Accounts;
using LipSync.Statements;

namespace LipSync.Silo.Storage.Sqlite;

/// <summary>Rows of accounts in the embedded database.</summary>
public sealed class SqliteAccountProjection(SqliteDatabase database, SqliteWriter writer) : IAccountProjection
{
    private const string UpsertNewer = """
        INSERT INTO accounts (account_id, plan, suspended, created_at, version)
        VALUES (@AccountId, @plan, @Suspended, @createdAt, @Version)
        ON CONFLICT (account_id) DO UPDATE SET plan = excluded.plan, suspended = excluded.suspended, version = excluded.version
        WHERE excluded.version > version
        """;

    private const string SelectPage = """
        SELECT account_id AS AccountId, plan AS Plan, suspended AS Suspended, created_at AS CreatedAt, version AS Version
        FROM accounts WHERE account_id > @after ORDER BY account_id LIMIT @limit
        """;

    public Task Upsert(AccountRow row, CancellationToken cancellationToken) => writer.Write(connection => connection.Execute(UpsertNewer, new
    {
        row.AccountId,
        plan = row.Plan.ToString(),
        row.Suspended,
        createdAt = row.CreatedAt.ToString("O", CultureInfo.InvariantCulture),
        row.Version,
    }));

    public async Task<ImmutableArray<AccountRow>> Page(string? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(SelectPage, new { after = after ?? "", limit }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new AccountRow(
            row.AccountId, Enum.Parse<Plan>(row.Plan), row.Suspended is not 0, DateTimeOffset.Parse(row.CreatedAt, CultureInfo.InvariantCulture), row.Version))];
    }

    private sealed record Row(string AccountId, string Plan, long Suspended, string CreatedAt, long Version);
}
