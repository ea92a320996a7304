using LipSync.Jobs;

namespace LipSync.Preflights;

/// <summary>Ids of preflights: <c>pre_</c> and what follows in a <see cref="JobId"/>. A preflight is no job to its customer, so that neither's requests find the other.</summary>
public static class PreflightId
{
    private const string Prefix = "pre_";

    public static string New(DateTimeOffset now) => Prefix + JobId.New(now)[Prefix.Length..];

    /// <summary>Whether this text can be a preflight's id at all; anything else needs no look-up.</summary>
    public static bool IsWellFormed(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) && JobId.IsWellFormed("job_" + text[Prefix.Length..]);
}
