using System.Reflection;

namespace LipSync.Gateway.Idempotency;

/// <summary>What a request sets going. The same request sent again with its key is the same operation.</summary>
/// <param name="Id">32 hexadecimal digits of a version 7 UUID. What is made under an id that follows from it is made once.</param>
/// <param name="Repeatable">Whether the caller can send the request again: he gave a key.</param>
public sealed record Operation(string Id, bool Repeatable)
{
    /// <summary>What a large body held, noted by the route when it has read it.</summary>
    public string? Content { get; set; }

    public static ValueTask<Operation?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<Operation?>(
        context.Features.Get<Operation>()
        ?? new Operation(Guid.CreateVersion7(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()).ToString("N"), Repeatable: false));
}
