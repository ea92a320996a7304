namespace LipSync.Benchmarks.Quality;

/// <summary>One thing measured.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Subject">On which source and speech.</param>
/// <param name="Tolerance">By how much it may get worse before the comparison complains.</param>
internal sealed record Figure(string Measure, string Subject, double Value, Aim Aim, double Tolerance)
{
    /// <summary>What it is compared by.</summary>
    public string Name => $"{Measure} | {Subject}";
}
