using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality.Experiments;

/// <summary>One line of the table of aims: renders what it needs and measures it.</summary>
internal interface IExperiment
{
    /// <summary>What it is asked for by on the command line.</summary>
    string Name { get; }

    /// <exception cref="FileNotFoundException">A clip or a program that it needs is missing.</exception>
    IAsyncEnumerable<Figure> Measure(Studio studio, CancellationToken cancellationToken);
}
