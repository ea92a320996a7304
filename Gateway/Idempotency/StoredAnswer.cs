using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace LipSync.Gateway.Idempotency;

/// <summary>An answer as it is given again: everything that a client decides on.</summary>
/// <param name="Content">What the request's body held, where it was too large to be part of the fingerprint.</param>
public sealed record StoredAnswer(int Status, string? ContentType, string? Location, string? CacheControl, byte[] Body, string? Content)
{
    private const string Purpose = "LipSync.Idempotency";

    /// <param name="body">What was written instead of the response's own body.</param>
    public static StoredAnswer Of(HttpResponse response, byte[] body, Operation operation) => new(
        response.StatusCode, response.ContentType, NullIfEmpty(response.Headers.Location), NullIfEmpty(response.Headers.CacheControl), body, operation.Content);

    /// <summary>Answers may hold keys and signed links: no table holds them in the clear, and none can be moved to another key.</summary>
    public byte[] Protect(IDataProtectionProvider protection, string grainKey) =>
        protection.CreateProtector(Purpose, grainKey).Protect(JsonSerializer.SerializeToUtf8Bytes(this));

    public static StoredAnswer Unprotect(byte[] answer, IDataProtectionProvider protection, string grainKey) =>
        JsonSerializer.Deserialize<StoredAnswer>(protection.CreateProtector(Purpose, grainKey).Unprotect(answer))!;

    public async Task Write(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.Headers.Location = Location;
        response.Headers.CacheControl = CacheControl;
        if (Body.Length > 0)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, cancellationToken);
        }
    }

    private static string? NullIfEmpty(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();
}
