using System.Collections.Immutable;
using Dapper;
using LipSync.Accounts;
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
}
