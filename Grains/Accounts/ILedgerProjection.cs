using System.Collections.Immutable;

namespace LipSync.Accounts;

/// <summary>The ledger entries of all accounts in a table that can be listed.</summary>
public interface ILedgerProjection
{
    /// <summary>Appends entries. Unique by account and sequence: appending one again changes nothing.</summary>
    Task Append(string accountId, ImmutableArray<LedgerEntry> entries, CancellationToken cancellationToken);
}
