using LipSync.Gateway.Errors;

namespace LipSync.Gateway.Jobs;

/// <summary>The header <c>Idempotency-Key</c>: 1 to 255 characters that name one request of an account.</summary>
public static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

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
}
