using System.Collections.Immutable;
using LipSync.Accounts;
using Orleans.Concurrency;

namespace LipSync.Statements;

/// <summary>On whatever silo is asked: reading a long statement keeps no account from its work.</summary>
[GrainType("statement")]
[StatelessWorker]
public sealed class StatementGrain(ILedgerProjection entries) : Grain, IStatementGrain
{
    public Task<ImmutableArray<LedgerEntry>> Entries(long? before, int limit, CancellationToken cancellationToken) =>
        entries.Page(this.GetPrimaryKeyString(), before, limit, cancellationToken);

    public Task<ImmutableArray<DayUsage>> Usage(DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        entries.Usage(this.GetPrimaryKeyString(), from, to, cancellationToken);
}
