using System.Collections.Immutable;
using LipSync.Accounts;

namespace LipSync.Statements;

/// <summary>What an account was granted, held and charged. Its key is the account's id. It reads the table of entries, which may be a moment late.</summary>
[Alias("LipSync.IStatementGrain")]
public interface IStatementGrain : IGrainWithStringKey
{
    /// <summary>At most <paramref name="limit"/> entries, latest first, of those before the given sequence where there is one.</summary>
    [Alias("Entries"), ResponseTimeout("00:00:10")]
    Task<ImmutableArray<LedgerEntry>> Entries(long? before, int limit, CancellationToken cancellationToken);

    /// <summary>What was spent from the one day to the other, both included. Days on which nothing was settled are missing.</summary>
    [Alias("Usage"), ResponseTimeout("00:00:10")]
    Task<ImmutableArray<DayUsage>> Usage(DateOnly from, DateOnly to, CancellationToken cancellationToken);
}

/// <param name="Day">In UTC.</param>
/// <param name="Jobs">Jobs that were settled: those that completed.</param>
/// <param name="Credits">Credits that they cost.</param>
[GenerateSerializer, Immutable, Alias("LipSync.DayUsage")]
public sealed record DayUsage(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] long Jobs,
    [property: Id(2)] long Credits);
