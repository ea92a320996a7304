using System.Collections.Immutable;
using LipSync.Statements;

namespace LipSync.Accounts;

/// <summary>The ledger entries of all accounts in a table that can be listed.</summary>
public interface ILedgerProjection
{
    /// <summary>Appends entries. Unique by account and sequence: appending one again changes nothing.</summary>
    Task Append(string accountId, ImmutableArray<LedgerEntry> entries, CancellationToken cancellationToken);

    /// <summary>At most <paramref name="limit"/> entries, latest first, of those before the given sequence where there is one.</summary>
    Task<ImmutableArray<LedgerEntry>> Page(string accountId, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>What settlements spent, by UTC day from the one to the other, both included; days without any are missing.</summary>
    Task<ImmutableArray<DayUsage>> Usage(string accountId, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>All entries of an account, added up.</summary>
    Task<LedgerSum> Sum(string accountId, CancellationToken cancellationToken);
}

/// <param name="Entries">How many there are.</param>
/// <param name="LastSequence">Of the latest; the same number, where none is missing.</param>
/// <param name="Amount">The sum of their amounts: what is available.</param>
public readonly record struct LedgerSum(long Entries, long LastSequence, long Amount);
