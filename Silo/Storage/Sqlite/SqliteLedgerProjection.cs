using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using LipSync.Accounts;

namespace LipSync.Silo.Storage.Sqlite;

/// <summary>Ledger entries in the embedded database.</summary>
public sealed class SqliteLedgerProjection(SqliteWriter writer) : ILedgerProjection
{
    private const string Insert = """
        INSERT INTO ledger_entries (account_id, sequence, operation_id, kind, amount, spent, available, recorded_at)
        VALUES (@accountId, @Sequence, @OperationId, @kind, @Amount, @Spent, @Available, @at)
        ON CONFLICT DO NOTHING
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
}
