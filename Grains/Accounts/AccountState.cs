using System.Collections.Immutable;

namespace LipSync.Accounts;

[GenerateSerializer, Immutable, Alias("LipSync.AccountState")]
public sealed record AccountState
{
    [Id(0)] public Plan Plan { get; init; }

    [Id(1)] public Ledger Ledger { get; init; } = Ledger.Empty;

    /// <summary>Entries that the table of entries may not have yet.</summary>
    [Id(2)] public ImmutableArray<LedgerEntry> Unpublished { get; init; } = [];

    /// <summary>Jobs that have one of the plan's places: they asked for it, and their holds are open.</summary>
    [Id(3)] public ImmutableHashSet<string> Running { get; init; } = [];

    [Id(4)] public bool Suspended { get; init; }

    /// <summary>Null in records from before it was kept.</summary>
    [Id(5)] public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Grows with what the account's row says.</summary>
    [Id(6)] public long RowVersion { get; init; }

    /// <summary>Whether the table of accounts has the row; false in records from before there was such a table.</summary>
    [Id(7)] public bool RowIsPublished { get; init; }

    /// <summary>The operation that opened it; null in records from before it was kept.</summary>
    [Id(8)] public string? OpenedBy { get; init; }
}
