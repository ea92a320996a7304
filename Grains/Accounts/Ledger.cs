using System.Collections.Immutable;

namespace LipSync.Accounts;

/// <summary>
/// Credits and the holds on them. Pure: every operation answers the ledger after it and the entry it made, or no entry where
/// the operation was already resolved. Credits are integers.
/// </summary>
[GenerateSerializer, Immutable, Alias("LipSync.Ledger")]
public sealed record Ledger
{
    /// <summary>
    /// How many resolved operations are remembered. A repetition comes within seconds; one older than this finds no hold, and
    /// moves no credits either, unless it reserves, which a job no longer does once its credits were resolved.
    /// </summary>
    public const int ResolvedWindow = 256;

    public static Ledger Empty { get; } = new();

    [Id(0)] public long Available { get; init; }

    [Id(1)] public ImmutableDictionary<string, long> Holds { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Settled and released operations with the credits they spent, oldest first.</summary>
    [Id(2)] public ImmutableQueue<ResolvedOperation> Resolved { get; init; } = [];

    // Id 3 is retired.
    [Id(4)] public long LastSequence { get; init; }

    /// <summary>When each open hold was made; those from before it was kept are missing.</summary>
    [Id(5)] public ImmutableDictionary<string, DateTimeOffset> HeldSince { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>The latest grants, oldest first. They are few: none is repeated after so many others.</summary>
    [Id(6)] public ImmutableQueue<GrantedCredits> Grants { get; init; } = [];

    public long Held => Holds.Values.Sum();

    public LedgerChange Open(string operationId, long credits, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        return Record(this, LedgerEntryKind.Open, operationId, credits, spent: 0, now);
    }

    /// <summary>Holds credits. No entry and no hold: too few are available.</summary>
    public LedgerChange Reserve(string operationId, long credits, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        if (Knows(operationId) || credits > Available)
        {
            return new(this, Entry: null);
        }

        var held = this with { Holds = Holds.Add(operationId, credits), HeldSince = HeldSince.SetItem(operationId, now) };
        return Record(held, LedgerEntryKind.Reserve, operationId, -credits, spent: 0, now);
    }

    public bool IsHeld(string operationId) => Holds.ContainsKey(operationId);

    /// <summary>Whether the operation holds credits, or is resolved and remembered.</summary>
    public bool Knows(string operationId) => IsHeld(operationId) || SpentBy(operationId) is not null;

    /// <summary>Lowers a hold; never raises it.</summary>
    public LedgerChange Reduce(string operationId, long credits, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        return Holds.TryGetValue(operationId, out var held) && credits < held
            ? Record(this with { Holds = Holds.SetItem(operationId, credits) }, LedgerEntryKind.Reduce, operationId, held - credits, spent: 0, now)
            : new(this, Entry: null);
    }

    /// <summary>Spends at most the hold and frees the rest.</summary>
    public LedgerChange Settle(string operationId, long credits, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        return Resolve(LedgerEntryKind.Settle, operationId, credits, now);
    }

    /// <summary>
    /// Frees the whole hold. An operation without one is resolved too: a reservation that was thought lost and comes late holds nothing.
    /// </summary>
    public LedgerChange Release(string operationId, DateTimeOffset now) => Knows(operationId)
        ? Resolve(LedgerEntryKind.Release, operationId, credits: 0, now)
        : new(Remember(operationId, spent: 0), Entry: null);

    /// <summary>Frees a hold whose operation is lost; unlike a release it says nothing of one that has none.</summary>
    public LedgerChange Expire(string operationId, DateTimeOffset now) => Resolve(LedgerEntryKind.Expire, operationId, credits: 0, now);

    /// <summary>Adds credits. No entry: the operation granted before.</summary>
    public LedgerChange Grant(string operationId, long credits, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(credits);
        if (GrantedBy(operationId) is not null)
        {
            return new(this, Entry: null);
        }

        var remembered = Grants.Count() < ResolvedWindow ? Grants : Grants.Dequeue();
        var granted = this with { Grants = remembered.Enqueue(new(operationId, credits)) };
        return Record(granted, LedgerEntryKind.Grant, operationId, credits, spent: 0, now);
    }

    /// <summary>Credits that this operation granted; null: none, or it is forgotten.</summary>
    public long? GrantedBy(string operationId) =>
        Grants.Where(grant => grant.Id == operationId).Select(grant => (long?)grant.Credits).FirstOrDefault();

    /// <summary>Open holds in the order of their ids, after the given one.</summary>
    public IEnumerable<OpenHold> OpenHolds(string? after) => Holds
        .Where(hold => string.CompareOrdinal(hold.Key, after) > 0)
        .OrderBy(hold => hold.Key, StringComparer.Ordinal)
        .Select(hold => new OpenHold(hold.Key, hold.Value, HeldSince.TryGetValue(hold.Key, out var since) ? since : null));

    /// <summary>Credits a resolved operation spent; null: it is open, unknown or forgotten.</summary>
    public long? SpentBy(string operationId)
    {
        foreach (var operation in Resolved)
        {
            if (operation.Id == operationId)
            {
                return operation.Spent;
            }
        }

        return null;
    }

    private LedgerChange Resolve(LedgerEntryKind kind, string operationId, long credits, DateTimeOffset now)
    {
        if (!Holds.TryGetValue(operationId, out var held))
        {
            return new(this, Entry: null);
        }

        var spent = Math.Min(credits, held);
        var resolved = Remember(operationId, spent) with { Holds = Holds.Remove(operationId), HeldSince = HeldSince.Remove(operationId) };
        return Record(resolved, kind, operationId, held - spent, spent, now);
    }

    private Ledger Remember(string operationId, long spent)
    {
        var remembered = Resolved.Count() < ResolvedWindow ? Resolved : Resolved.Dequeue();
        return this with { Resolved = remembered.Enqueue(new(operationId, spent)) };
    }

    private static LedgerChange Record(Ledger ledger, LedgerEntryKind kind, string operationId, long amount, long spent, DateTimeOffset now)
    {
        var available = checked(ledger.Available + amount);
        var sequence = ledger.LastSequence + 1;
        return new(
            ledger with { Available = available, LastSequence = sequence },
            new(sequence, kind, operationId, amount, spent, available, now));
    }
}

/// <param name="Ledger">The same instance: nothing changed.</param>
/// <param name="Entry">Null: no credits moved.</param>
public readonly record struct LedgerChange(Ledger Ledger, LedgerEntry? Entry);

[GenerateSerializer, Immutable, Alias("LipSync.ResolvedOperation")]
public readonly record struct ResolvedOperation([property: Id(0)] string Id, [property: Id(1)] long Spent);

[GenerateSerializer, Immutable, Alias("LipSync.GrantedCredits")]
public readonly record struct GrantedCredits([property: Id(0)] string Id, [property: Id(1)] long Credits);
