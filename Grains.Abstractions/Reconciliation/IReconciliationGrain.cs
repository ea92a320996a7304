namespace LipSync.Reconciliation;

/// <summary>
/// Compares credits with jobs, again and again: a hold whose job ended is resolved, one without a job expires, and an account's
/// entries must add up to its balance. One in the cluster.
/// </summary>
[Alias("LipSync.IReconciliationGrain")]
public interface IReconciliationGrain : IGrainWithIntegerKey
{
    const long Key = 0;

    /// <summary>Sees to it that passes come in their period from now on.</summary>
    [Alias("Start")]
    Task Start();

    /// <summary>Begins a pass, where none is under way.</summary>
    [Alias("Run")]
    Task Run();

    /// <summary>What the last whole pass found; null: none since this grain came to life.</summary>
    [Alias("Latest")]
    Task<ReconciliationReport?> Latest();
}

/// <param name="Accounts">Accounts that were looked at.</param>
/// <param name="Matched">Open holds whose jobs are worked on.</param>
/// <param name="Waiting">Open holds whose jobs wait.</param>
/// <param name="Ended">Open holds whose jobs had ended; those were resumed.</param>
/// <param name="Orphaned">Open holds without a job; those that were old expired.</param>
/// <param name="Unbalanced">Accounts whose entries do not add up to what is available.</param>
/// <param name="Failed">Accounts that could not be looked at to the end.</param>
[GenerateSerializer, Immutable, Alias("LipSync.ReconciliationReport")]
public sealed record ReconciliationReport(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] int Accounts,
    [property: Id(2)] int Matched,
    [property: Id(3)] int Waiting,
    [property: Id(4)] int Ended,
    [property: Id(5)] int Orphaned,
    [property: Id(6)] int Unbalanced,
    [property: Id(7)] int Failed);
