using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using LipSync.Gateway.Errors;

namespace LipSync.Gateway.Idempotency;

/// <summary>The header <c>Idempotency-Key</c>: 1 to 255 characters that name one request of a caller.</summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int Longest = 255;

    /// <param name="key">Null where the request has none.</param>
    /// <returns>The refusal of a header that can't be a key; else null.</returns>
    public static ApiError? Read(HttpRequest request, out string? key)
    {
        var header = request.Headers[Header];
        key = header.Count == 1 ? header[0] : null;
        return header.Count == 0 || key is { Length: > 0 and <= Longest }
            ? null
            : new(RequestErrors.InvalidRequest, $"{Header} must be one header of 1 to {Longest} characters.");
    }

    /// <summary>The key of the grain that remembers this key: of this caller alone, and without the key itself.</summary>
    public static string GrainKeyOf(ClaimsPrincipal caller, string key)
    {
        var account = caller.FindFirstValue(ClaimTypes.NameIdentifier);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return account is null ? $"admin:{hash}" : $"account:{account}:{hash}";
    }
}
