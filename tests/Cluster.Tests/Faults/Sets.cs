namespace LipSync.Tests.Faults;

/// <summary>Tests that take too long for every run have the trait Set=Long; <c>deploy/faults.sh</c> runs them.</summary>
internal static class Sets
{
    public const string Trait = "Set";
    public const string Long = "Long";

    /// <summary>How many times what it should a thing may take: beside these tests the machine may be busy, and what is lost never comes.</summary>
    public const int Slack = 3;

    /// <summary>For tests that measure no time: what is lost is leased again sooner than by default.</summary>
    public static Dictionary<string, string> ShortLeases { get; } = new(StringComparer.Ordinal)
    {
        ["LipSync:Dispatch:LeaseDuration"] = "00:00:04",
        ["LipSync:Dispatch:AdoptionWindow"] = "00:00:02.5",
    };

    /// <summary>Who leases what, in the log of the control silos.</summary>
    public static Dictionary<string, string> LeasesInTheLog { get; } = new(StringComparer.Ordinal) { ["Logging:LogLevel:LipSync.Dispatch"] = "Debug" };
}
