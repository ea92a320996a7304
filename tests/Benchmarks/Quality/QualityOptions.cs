using System.Globalization;

namespace LipSync.Benchmarks.Quality;

/// <param name="Media">The folder of the clips.</param>
/// <param name="Output">Where the table, the figures and the contact sheets go.</param>
/// <param name="Only">The one experiment to run; null for all.</param>
/// <param name="LongSeconds">The long video of the memory experiment.</param>
internal sealed record QualityOptions(string Media, string Output, string? Only, double LongSeconds)
{
    public const string Usage = "Benchmarks quality [--media <folder>] [--out <folder>] [--only <experiment>] [--long <seconds>]";

    /// <summary>Null where the command line makes no sense.</summary>
    public static QualityOptions? Parse(IReadOnlyList<string> args)
    {
        var options = new QualityOptions(MediaFolder.Find(), "quality", null, 120);
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count)
            {
                return null;
            }

            switch (args[i])
            {
                case "--media": options = options with { Media = args[i + 1] }; break;
                case "--out": options = options with { Output = args[i + 1] }; break;
                case "--only": options = options with { Only = args[i + 1] }; break;
                case "--long" when int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0:
                    options = options with { LongSeconds = seconds };
                    break;
                default: return null;
            }
        }

        return options;
    }
}
