using System.Buffers;

namespace LipSync.Jobs;

/// <summary>Job ids: <c>job_</c> and 32 hexadecimal digits of a version 7 UUID: they sort by time.</summary>
public static class JobId
{
    private const string Prefix = "job_";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static string New(DateTimeOffset now) => Prefix + Guid.CreateVersion7(now).ToString("N");

    /// <summary>The id of the job that an operation makes: a request that is sent again finds the job of the first.</summary>
    /// <param name="operationId">32 hexadecimal digits of a version 7 UUID.</param>
    public static string Of(string operationId) => Prefix + operationId;

    /// <summary>Whether this text can be a job id at all; anything else needs no look-up.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Prefix.Length + 32
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
}
