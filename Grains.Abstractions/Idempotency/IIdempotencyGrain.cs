namespace LipSync.Idempotency;

/// <summary>
/// One <c>Idempotency-Key</c> of one caller: what it was used for and what was answered. It is kept for 24 hours from its last use
/// and then forgotten. Its key names the caller and holds the key's hash, never the key.
/// </summary>
[Alias("LipSync.IIdempotencyGrain")]
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>A request arrives: it may run, waits for another one's end, has been answered, or is not the one that the key was used for.</summary>
    /// <param name="fingerprint">The same for the same request, another for any other.</param>
    [Alias("Begin")]
    Task<BeginResult> Begin(string fingerprint);

    /// <summary>The request still runs. False: its lease ran out and another one has it.</summary>
    [Alias("Renew")]
    Task<bool> Renew(string ticket);

    /// <summary>The operation is done; every later request with the key gets this answer. False: the lease ran out, and another request answers.</summary>
    /// <param name="answer">Protected by the gateway: it may hold secrets.</param>
    [Alias("Complete")]
    Task<bool> Complete(string ticket, byte[] answer);

    /// <summary>Nobody knows what became of the operation: the next request with the key goes on with the same one.</summary>
    [Alias("Release")]
    Task Release(string ticket);

    /// <summary>The request was refused and had no effect: the key is as good as new.</summary>
    [Alias("Forget")]
    Task Forget(string ticket);
}
