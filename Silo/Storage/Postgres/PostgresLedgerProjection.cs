using System.Collections.Immutable;
using Dapper;
using LipSync.Accounts;
using LipSync.Statements;
using Npgsql;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>Ledger entries in the cluster's database; all entries of one call in one statement.</summary>
public sealed class PostgresLedgerProjection(NpgsqlDataSource database) : ILedgerProjection
{
    private const string Insert = """
        INSERT INTO ledger_entries (account_id, sequence, operation_id, kind, amount, spent, available, recorded_at)
        SELECT @accountId, * FROM unnest(@sequences, @operations, @kinds, @amounts, @spent, @available, @times)
        ON CONFLICT DO NOTHING
        """;

    private const string SelectPage = """
        SELECT sequence AS "Sequence", kind AS "Kind", operation_id AS "OperationId", amount AS "Amount", spent AS "Spent", available AS "Available",
            recorded_at AS "At"
        FROM ledger_entries WHERE account_id = @accountId AND sequence < @before ORDER BY sequence DESC LIMIT @limit
        """;

    private const string SelectUsage = """
        SELECT (recorded_at AT TIME ZONE 'UTC')::date::timestamp AS "Day", count(*) AS "Jobs", sum(spent)::bigint AS "Credits"
        FROM ledger_entries WHERE account_id = @accountId AND kind = 'Settle' AND recorded_at >= @from AND recorded_at < @end
        GROUP BY 1 ORDER BY 1
        """;

    private const string SelectSum = """
        SELECT count(*) AS "Entries", coalesce(max(sequence), 0) AS "LastSequence", coalesce(sum(amount), 0)::bigint AS "Amount"
        FROM ledger_entries WHERE account_id = @accountId
        """;

    public async Task Append(string accountId, ImmutableArray<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new
            {
                accountId,
                sequences = Column(entry => entry.Sequence),
                operations = Column(entry => entry.OperationId),
                kinds = Column(entry => entry.Kind.ToString()),
                amounts = Column(entry => entry.Amount),
                spent = Column(entry => entry.Spent),
                available = Column(entry => entry.Available),
                times = Column(entry => entry.At.UtcDateTime),
            },
            cancellationToken: cancellationToken));

        T[] Column<T>(Func<LedgerEntry, T> value) => [.. entries.Select(value)];
    }

    public async Task<ImmutableArray<LedgerEntry>> Page(string accountId, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<EntryRow>(
            new CommandDefinition(SelectPage, new { accountId, before = before ?? long.MaxValue, limit }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new LedgerEntry(
            row.Sequence, Enum.Parse<LedgerEntryKind>(row.Kind), row.OperationId, row.Amount, row.Spent, row.Available, new(row.At, TimeSpan.Zero)))];
    }

    public async Task<ImmutableArray<DayUsage>> Usage(string accountId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var days = new { accountId, from = Midnight(from), end = Midnight(to.AddDays(1)) };
        var rows = await connection.QueryAsync<UsageRow>(new CommandDefinition(SelectUsage, days, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new DayUsage(DateOnly.FromDateTime(row.Day), row.Jobs, row.Credits))];
    }

    public async Task<LedgerSum> Sum(string accountId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<LedgerSum>(new CommandDefinition(SelectSum, new { accountId }, cancellationToken: cancellationToken));
    }

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private sealed record EntryRow(long Sequence, string Kind, string OperationId, long Amount, long Spent, long Available, DateTime At);

    private sealed record UsageRow(DateTime Day, long Jobs, long Credits);
}
