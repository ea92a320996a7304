namespace LipSync.Idempotency;

/// <summary>What becomes of a request that carries a key.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.BeginResult")]
public abstract record BeginResult;

/// <summary>The request runs, alone.</summary>
/// <param name="OperationId">32 hexadecimal digits of a version 7 UUID; the same for every request of this operation.</param>
/// <param name="Ticket">Names this request to the grain.</param>
/// <param name="Lease">How long it runs alone unless it is renewed.</param>
/// <param name="IsFirst">No request of this operation came before: a refusal means that nothing happened.</param>
[GenerateSerializer, Immutable, Alias("LipSync.OperationStarted")]
public sealed record OperationStarted(
    [property: Id(0)] string OperationId,
    [property: Id(1)] string Ticket,
    [property: Id(2)] TimeSpan Lease,
    [property: Id(3)] bool IsFirst = false) : BeginResult;

/// <summary>The same request runs already.</summary>
/// <param name="RetryAfter">When it is worth asking again.</param>
[GenerateSerializer, Immutable, Alias("LipSync.OperationInFlight")]
public sealed record OperationInFlight([property: Id(0)] TimeSpan RetryAfter) : BeginResult;

/// <summary>The same request was answered.</summary>
/// <param name="Answer">As it was handed in.</param>
[GenerateSerializer, Immutable, Alias("LipSync.OperationDone")]
public sealed record OperationDone([property: Id(0)] byte[] Answer) : BeginResult;

/// <summary>The key was used for another request.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.OperationConflict")]
public sealed record OperationConflict : BeginResult;
