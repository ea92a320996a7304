using LipSync.Benchmarks.Quality.Experiments;
using LipSync.Benchmarks.Quality.Experiments.Costs;
using LipSync.Benchmarks.Quality.Experiments.Lips;
using LipSync.Benchmarks.Quality.Experiments.Pictures;
using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality;

/// <summary>Measures how believable the mouths are, and compares with the figures of the last commit.</summary>
internal static class QualityCommand
{
    /// <returns>0; 1 where a figure fell by more than its tolerance; 2 for a senseless command line; 3 where an experiment could not measure.</returns>
    public static async Task<int> Run(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var options = QualityOptions.Parse(args);
        IExperiment[] experiments =
        [
            new OutOfSample(), new Remeasure(), new HeardClosures(), new PressedLips(), new Pauses(), new Surroundings(), new Sharpness(), new Flicker(),
            new Ablations(), new Speed(), new Memory(options?.LongSeconds ?? 0),
        ];
        if (options is null || experiments.Where(experiment => options.Only is null || experiment.Name == options.Only).ToArray() is not { Length: > 0 } chosen)
        {
            await Console.Error.WriteLineAsync($"{QualityOptions.Usage}\nExperiments: {string.Join(' ', experiments.Select(experiment => experiment.Name))}");
            return 2;
        }

        var last = FigureBook.Read(Committed);
        var (figures, complete) = await Measure(chosen, options, cancellationToken);
        var table = FigureTable.Of(figures, last);
        Directory.CreateDirectory(options.Output);
        await File.WriteAllTextAsync(Path.Combine(options.Output, "quality.md"), table, cancellationToken);
        FigureBook.Write(Path.Combine(options.Output, "quality.json"), figures, options.Only is null ? new Dictionary<string, double>(StringComparer.Ordinal) : last);
        Console.Write(table);
        return !complete ? 3 : figures.Any(figure => last.TryGetValue(figure.Name, out var before) && figure.Aim.Fell(before, figure.Value, figure.Tolerance)) ? 1 : 0;
    }

    private static string Committed => Path.Combine(MediaFolder.Repository.FullName, "tests", "Benchmarks", "Quality", "figures.json");

    /// <summary>For the eye: of every finished video a contact sheet, the plot of its mouth, and itself.</summary>
    private static async Task WriteSheets(Studio studio, string folder, CancellationToken cancellationToken)
    {
        var sheets = Directory.CreateDirectory(Path.Combine(folder, "sheets")).FullName;
        foreach (var take in studio.Finished)
        {
            var name = Path.Combine(sheets, take.Name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-'));
            await studio.Review(take, $"{name}.png", $"{name}.svg", cancellationToken);
            File.Copy(take.Video, $"{name}.mp4", overwrite: true);
        }
    }

    private static async Task<(List<Figure> Figures, bool Complete)> Measure(IExperiment[] chosen, QualityOptions options, CancellationToken cancellationToken)
    {
        var (figures, complete) = (new List<Figure>(), true);
        using var studio = new Studio(options.Media);
        foreach (var experiment in chosen)
        {
            await Console.Error.WriteLineAsync($"{experiment.Name} …");
            try
            {
                await foreach (var figure in experiment.Measure(studio, cancellationToken))
                {
                    figures.Add(figure);
                }
            }
            catch (FileNotFoundException missing)
            {
                complete = false;
                await Console.Error.WriteLineAsync($"NOT MEASURED: {experiment.Name}. {missing.Message}");
            }
        }

        await WriteSheets(studio, options.Output, cancellationToken);
        return (figures, complete);
    }
}
