namespace LipSync.Benchmarks.Quality;

/// <summary>What a figure has to be, and which way it gets worse.</summary>
/// <param name="Direction">1 where more is better, -1 where less is, 0 where only the bounds count.</param>
internal sealed record Aim(double Least, double Most, int Direction)
{
    /// <summary>Told, not judged.</summary>
    public static Aim None { get; } = new(double.NegativeInfinity, double.PositiveInfinity, 0);

    /// <summary>No bound, but more is better.</summary>
    public static Aim High { get; } = None with { Direction = 1 };

    /// <summary>No bound, but less is better.</summary>
    public static Aim Low { get; } = None with { Direction = -1 };

    public static Aim AtLeast(double bound) => High with { Least = bound };

    public static Aim AtMost(double bound) => Low with { Most = bound };

    public static Aim Within(double least, double most) => new(least, most, 0);

    public bool IsReached(double value) => Miss(value) == 0;

    /// <summary>Whether the figure got worse by more than it may.</summary>
    public bool Fell(double last, double now, double tolerance) => Direction switch
    {
        _ when double.IsNaN(last) => false,
        > 0 => !(now >= last - tolerance),
        < 0 => !(now <= last + tolerance),
        _ => !(Miss(now) <= Miss(last) + tolerance),
    };

    public override string ToString() => (double.IsFinite(Least), double.IsFinite(Most)) switch
    {
        (true, true) => string.Create(null, $"{Least} … {Most}"),
        (true, false) => string.Create(null, $"≥ {Least}"),
        (false, true) => string.Create(null, $"≤ {Most}"),
        _ => "",
    };

    // What isn't a number has reached nothing.
    private double Miss(double value) => this == None ? 0 : double.IsNaN(value) ? double.PositiveInfinity : Math.Max(0, Math.Max(Least - value, value - Most));
}
