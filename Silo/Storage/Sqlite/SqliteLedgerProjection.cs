using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using LipSync.Accounts;
using LipSync.Statements;

namespace LipSync.Silo.Storage.Sqlite;

/// <summary>Ledger entries in the embedded database. Times are texts of one form and of UTC, so that they sort.</summary>
public sealed class SqliteLedgerProjection(SqliteDatabase database, SqliteWriter writer) : ILedgerProjection
{
    private const string Insert = """
        INSERT INTO ledger_entries (account_id, sequence, operation_id, kind, amount, spent, available, recorded_at)
        VALUES (@accountId, @Sequence, @OperationId, @kind, @Amount, @Spent, @Available, @at)
        ON CONFLICT DO NOTHING
        """;

    private const string SelectPage = """
        SELECT sequence AS Sequence, kind AS Kind, operation_id AS OperationId, amount AS Amount, spent AS Spent, available AS Available, recorded_at AS At
        FROM ledger_entries WHERE account_id = @accountId AND sequence < @before ORDER BY sequence DESC LIMIT @limit
        """;

    private const string SelectUsage = """
        SELECT substr(recorded_at, 1, 10) AS Day, count(*) AS Jobs, sum(spent) AS Credits
        FROM ledger_entries WHERE account_id = @accountId AND kind = 'Settle' AND recorded_at >= @from AND recorded_at < @end
        GROUP BY Day ORDER BY Day
        """;

    private const string SelectSum = """
        SELECT count(*) AS Entries, coalesce(max(sequence), 0) AS LastSequence, coalesce(sum(amount), 0) AS Amount
        FROM ledger_entries WHERE account_id = @accountId
        """;

    public Task Append(string accountId, ImmutableArray<LedgerEntry> entries, CancellationToken cancellationToken) =>
        writer.Write(connection => connection.Execute(Insert, entries.Select(entry => new
        {
            accountId,
            entry.Sequence,
            entry.OperationId,
            kind = entry.Kind.ToString(),
            entry.Amount,
            entry.Spent,
            entry.Available,
            at = entry.At.ToString("O", CultureInfo.InvariantCulture),
        })));

    public async Task<ImmutableArray<LedgerEntry>> Page(string accountId, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var rows = await connection.QueryAsync<EntryRow>(
            new CommandDefinition(SelectPage, new { accountId, before = before ?? long.MaxValue, limit }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new LedgerEntry(
            row.Sequence,
            Enum.Parse<LedgerEntryKind>(row.Kind),
            row.OperationId,
            row.Amount,
            row.Spent,
            row.Available,
            DateTimeOffset.Parse(row.At, CultureInfo.InvariantCulture)))];
    }

    public async Task<ImmutableArray<DayUsage>> Usage(string accountId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var days = new { accountId, from = Text(from), end = Text(to.AddDays(1)) };
        var rows = await connection.QueryAsync<UsageRow>(new CommandDefinition(SelectUsage, days, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new DayUsage(DateOnly.ParseExact(row.Day, "O", CultureInfo.InvariantCulture), row.Jobs, row.Credits))];
    }

    public async Task<LedgerSum> Sum(string accountId, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.QuerySingleAsync<LedgerSum>(new CommandDefinition(SelectSum, new { accountId }, cancellationToken: cancellationToken));
    }

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private sealed record EntryRow(long Sequence, string Kind, string OperationId, long Amount, long Spent, long Available, string At);

    /// <summary>Without a constructor: a result without rows has no types that could fit one.</summary>
    private sealed class UsageRow
    {
        public required string Day { get; init; }

        public long Jobs { get; init; }

        public long Credits { get; init; }
    }
}
