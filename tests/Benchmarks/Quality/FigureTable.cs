using System.Globalization;
using System.Text;

namespace LipSync.Benchmarks.Quality;

/// <summary>Figures as a Markdown table, beside the last ones.</summary>
internal static class FigureTable
{
    public static string Of(IEnumerable<Figure> figures, IReadOnlyDictionary<string, double> last)
    {
        var text = new StringBuilder("| measure | subject | figure | aim | last | |\n|---|---|---|---|---|---|\n");
        foreach (var figure in figures)
        {
            var before = last.TryGetValue(figure.Name, out var value) ? value : (double?)null;
            text.Append(CultureInfo.InvariantCulture, $"| {figure.Measure} | {figure.Subject} | {Short(figure.Value)} | {figure.Aim} ")
                .Append(CultureInfo.InvariantCulture, $"| {(before is { } old ? Short(old) : "")} | {Verdict(figure, before)} |\n");
        }

        return text.ToString();
    }

    private static string Verdict(Figure figure, double? last) => string.Join(", ", Remarks(figure, last));

    private static IEnumerable<string> Remarks(Figure figure, double? last)
    {
        if (!figure.Aim.IsReached(figure.Value))
        {
            yield return "**missed**";
        }

        if (last is { } before && figure.Aim.Fell(before, figure.Value, figure.Tolerance))
        {
            yield return "**fell**";
        }
    }

    private static string Short(double value) => value.ToString(Math.Abs(value) < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);
}
