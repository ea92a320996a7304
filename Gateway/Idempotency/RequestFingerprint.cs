using System.Security.Cryptography;
using System.Text;

namespace LipSync.Gateway.Idempotency;

/// <summary>Tells the same request from another: SHA-256 over method, path, query and, where it is small, the body.</summary>
public static class RequestFingerprint
{
    /// <summary>Holds the body in memory, where it can be read again; the server limits its length.</summary>
    public static async Task<string> OfWhole(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        body.Position = 0;
        request.Body = body;
        return Compute(request, body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    public static string OfLine(HttpRequest request) => Compute(request, []);

    private static string Compute(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // No line break can stand in these three.
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.PathBase}{request.Path}\n{request.QueryString}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
