using LipSync.Gateway.Errors;
using LipSync.Gateway.OpenApi;

namespace LipSync.Gateway.Idempotency;

/// <summary>On a route: requests to it may carry a key.</summary>
/// <param name="ContentOf">Null: the request is known by its whole body.</param>
public sealed record IdempotentMetadata(ContentReader? ContentOf = null);

/// <summary>
/// Reads a large body through and answers what it holds: the same text that the route itself notes for it with
/// <see cref="Operation.Content"/>. Null: the body can't be read as the route reads it.
/// </summary>
public delegate Task<string?> ContentReader(HttpContext context, CancellationToken cancellationToken);

public static class IdempotencyConventions
{
    /// <summary>A request with the header <c>Idempotency-Key</c> can be sent again and takes effect once.</summary>
    public static TBuilder Idempotent<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new IdempotentMetadata()).ProducesErrors(RequestErrors.IdempotencyConflict);

    /// <summary>The same for a route whose bodies are too large to be held, JSON excepted: what they hold is compared when they have been read.</summary>
    public static TBuilder Idempotent<TBuilder>(this TBuilder route, ContentReader contentOf)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new IdempotentMetadata(contentOf)).ProducesErrors(RequestErrors.IdempotencyConflict);
}
