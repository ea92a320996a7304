using LipSync.Benchmarks.Quality.Measures;

namespace LipSync.Benchmarks.Quality.Speeches;

/// <summary>A phoneme as festival writes it, from start to end in seconds.</summary>
internal readonly record struct Phone(string Name, double Start, double End)
{
    /// <summary>When the lips touch within a p, b or m: a stop ends with its release. Null for all others.</summary>
    public Stretch? LipsPressed => Name switch
    {
        "m" => new(Start, End),
        "b" => new(Start, Start + (0.85 * (End - Start))),
        "p" => new(Start, Start + (0.65 * (End - Start))),
        _ => null,
    };
}
