using System.Collections.Immutable;
using LipSync.Accounts;

namespace LipSync.Statements;

/// <summary>All accounts in a table that can be listed.</summary>
public interface IAccountProjection
{
    /// <summary>Adds or replaces the account's row; a row of the same or a later version stays.</summary>
    Task Upsert(AccountRow row, CancellationToken cancellationToken);

    /// <summary>At most <paramref name="limit"/> rows in the order of their ids, after the given one.</summary>
    Task<ImmutableArray<AccountRow>> Page(string? after, int limit, CancellationToken cancellationToken);
}

/// <param name="CreatedAt">Set once: the first row's counts.</param>
/// <param name="Version">Grows with every change of the plan or of the suspension.</param>
public sealed record AccountRow(string AccountId, Plan Plan, bool Suspended, DateTimeOffset CreatedAt, long Version);
