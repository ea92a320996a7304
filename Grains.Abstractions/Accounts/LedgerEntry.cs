namespace LipSync.Accounts;

public enum LedgerEntryKind
{
    Open,
    Reserve,
    Reduce,
    Settle,
    Release,
    Grant,

    /// <summary>A hold whose operation was lost was freed.</summary>
    Expire,
}

/// <summary>One change of an account's credits. Entries are never changed; their amounts add up to what is available.</summary>
/// <param name="Sequence">1, 2, … without gaps within one account.</param>
/// <param name="OperationId">The job, the opening or the grant that caused it.</param>
/// <param name="Amount">Change of the available credits: negative for a new hold, positive for what is freed.</param>
/// <param name="Spent">Credits spent for good; only a settlement spends.</param>
/// <param name="Available">Available credits after it.</param>
[GenerateSerializer, Immutable, Alias("LipSync.LedgerEntry")]
public sealed record LedgerEntry(
    [property: Id(0)] long Sequence,
    [property: Id(1)] LedgerEntryKind Kind,
    [property: Id(2)] string OperationId,
    [property: Id(3)] long Amount,
    [property: Id(4)] long Spent,
    [property: Id(5)] long Available,
    [property: Id(6)] DateTimeOffset At);
