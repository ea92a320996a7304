using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace LipSync.Jobs;

/// <summary>Job ids: <c>job_</c> and 32 hexadecimal digits of a version 7 UUID, so that they sort by time, or a hash.</summary>
public static class JobId
{
    private const string Prefix = "job_";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static string New(DateTimeOffset now) => Prefix + Guid.CreateVersion7(now).ToString("N");

    /// <summary>The id that an account's idempotency key stands for: a request that is sent again finds the job of the first.</summary>
    public static string Of(string accountId, string idempotencyKey) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId}\n{idempotencyKey}")).AsSpan(0, 16));

    /// <summary>Whether this text can be a job id at all; anything else needs no look-up.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Prefix.Length + 32
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
}
