namespace LipSync.Accounts;

/// <summary>An account's plan, credits and rate limits. Every change of credits carries an operation id and resolves once.</summary>
/// <remarks>Those that jobs wait for within their own turn answer within 10 s, or not at all.</remarks>
[Alias("LipSync.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Opens the account with its first credits. False: it was open, and is left as it is.</summary>
    [Alias("Open")]
    Task<bool> Open(Plan plan, long credits);

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
}
