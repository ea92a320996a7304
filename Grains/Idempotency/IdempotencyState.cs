namespace LipSync.Idempotency;

/// <summary>What a key was used for. The rules are here, without a clock or storage.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.IdempotencyState")]
public sealed record IdempotencyState
{
    /// <summary>How long a key is remembered after its last use.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a request runs alone after its gateway was last heard of. Short, for a customer whose gateway died waits for it; where a
    /// gateway is only slow, both requests work on the same operation, which takes effect once.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>Most requests are answered by then; a gateway that died is waited for in several steps.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    [Id(0)] public string OperationId { get; init; } = "";

    [Id(1)] public string Fingerprint { get; init; } = "";

    /// <summary>The request that runs, or ran last.</summary>
    [Id(2)] public string Ticket { get; init; } = "";

    [Id(3)] public DateTimeOffset LeasedUntil { get; init; }

    [Id(4)] public DateTimeOffset ForgottenAt { get; init; }

    /// <summary>Null: not answered yet.</summary>
    [Id(5)] public byte[]? Answer { get; init; }

    /// <summary>Whether there is anything left to remember; a record that was never written is forgotten.</summary>
    public bool IsForgotten(DateTimeOffset now) => now >= ForgottenAt;

    /// <summary>The answer to a request, and what is to be written: where that is not <paramref name="before"/> itself, the request runs.</summary>
    public static (BeginResult Result, IdempotencyState Next) Begin(IdempotencyState before, string fingerprint, DateTimeOffset now)
    {
        var isNew = before.IsForgotten(now);
        if (!isNew && before.Fingerprint != fingerprint)
        {
            return (new OperationConflict(), before);
        }

        if (!isNew && before.Answer is { } answer)
        {
            return (new OperationDone(answer), before);
        }

        if (!isNew && now < before.LeasedUntil)
        {
            return (new OperationInFlight(RetryAfter), before);
        }

        var next = new IdempotencyState
        {
            OperationId = isNew ? Guid.CreateVersion7(now).ToString("N") : before.OperationId,
            Fingerprint = fingerprint,
            Ticket = Guid.NewGuid().ToString("N"),
            LeasedUntil = now + Lease,
            ForgottenAt = now + Keep,
        };
        return (new OperationStarted(next.OperationId, next.Ticket, Lease, isNew), next);
    }

    /// <summary>Whether this request still has the operation.</summary>
    public bool IsHeldBy(string ticket) => Answer is null && Ticket == ticket;
}
