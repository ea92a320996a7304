using System.Collections.Immutable;

namespace LipSync.Accounts;

/// <summary>An account's plan, credits and rate limits. Every change of credits carries an operation id and resolves once.</summary>
/// <remarks>Those that jobs wait for within their own turn answer within 10 s, or not at all.</remarks>
[Alias("LipSync.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Opens the account with its first credits. False: it was open, and is left as it is.</summary>
    [Alias("Open")]
    Task<bool> Open(Plan plan, long credits);

    /// <summary>
    /// The same for an operation that may be tried again: true also where it was this operation that opened the account. Who asks again
    /// after an exception learns whether it is his.
    /// </summary>
    [Alias("OpenBy")]
    Task<bool> OpenBy(string operationId, Plan plan, long credits);

    /// <summary>Takes one rate-limit token.</summary>
    [Alias("Admit")]
    Task<Admission> Admit(RequestClass requestClass);

    /// <summary>Null: no such account.</summary>
    [Alias("Describe")]
    Task<AccountView?> Describe();

    /// <summary>Holds credits for an operation. False: too few are available, or the operation is resolved; nothing is held.</summary>
    [Alias("Reserve"), ResponseTimeout("00:00:10")]
    Task<bool> Reserve(string operationId, long credits);

    /// <summary>
    /// Lowers an open hold to what is now known to be needed; never raises it. Like the other changes, it answers once the table of
    /// ledger entries has what was changed until then: who is answered by an exception asks again.
    /// </summary>
    [Alias("Reduce"), ResponseTimeout("00:00:10")]
    Task Reduce(string operationId, long credits);

    /// <summary>Spends at most the hold and frees the rest.</summary>
    [Alias("Settle"), ResponseTimeout("00:00:10")]
    Task Settle(string operationId, long credits);

    /// <summary>Frees the whole hold: the operation failed and costs nothing. A reservation that comes later holds nothing.</summary>
    [Alias("Release"), ResponseTimeout("00:00:10")]
    Task Release(string operationId);

    /// <summary>Frees a hold whose operation is lost. An operation without an open hold is left as it is.</summary>
    [Alias("Expire"), ResponseTimeout("00:00:10")]
    Task Expire(string operationId);

    /// <summary>Adds credits, once for each operation.</summary>
    [Alias("Grant"), ResponseTimeout("00:00:10")]
    Task<GrantResult> Grant(string operationId, long credits);

    /// <summary>Changes the plan. Jobs that run go on; where it allows more of them, those that wait longest follow.</summary>
    [Alias("SetPlan")]
    Task SetPlan(Plan plan);

    /// <summary>Refuses the account's requests from now on, or no longer. Jobs that were accepted go on.</summary>
    [Alias("Suspend")]
    Task Suspend(bool suspended);

    /// <summary>
    /// Whether the job, whose credits are held, may be worked on: its plan has a place for it, and no job waits longer. It keeps its
    /// place until its hold is resolved. False: it waits in line, and is told by <see cref="Jobs.IJobGrain.TakeTurn"/> to ask again;
    /// the line is not stored, so who waits also asks again now and then. A job without an open hold gets no place.
    /// </summary>
    [Alias("RequestTurn"), ResponseTimeout("00:00:10")]
    Task<bool> RequestTurn(string jobId);

    /// <summary>Jobs of this account that are in front of this one, counted up to 1,000; null: it does not wait.</summary>
    [Alias("PlaceInLine"), ResponseTimeout("00:00:02")]
    Task<int?> PlaceInLine(string jobId);

    /// <summary>At most <paramref name="limit"/> open holds in the order of their operations' ids, after <paramref name="after"/> where it is given.</summary>
    [Alias("OpenHolds")]
    Task<ImmutableArray<OpenHold>> OpenHolds(string? after, int limit);
}
