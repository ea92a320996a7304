using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LipSync.Benchmarks.Quality;

/// <summary>Figures by name as they lie in a JSON file.</summary>
internal static class FigureBook
{
    private const int Digits = 4;

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static IReadOnlyDictionary<string, double> Read(string path) => File.Exists(path)
        ? JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllBytes(path), Format)!
        : new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Writes the new figures, and of the last ones those that were <paramref name="kept"/> because they were not measured this time.</summary>
    public static void Write(string path, IEnumerable<Figure> figures, IReadOnlyDictionary<string, double> kept)
    {
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in kept)
        {
            all[name] = value;
        }

        foreach (var figure in figures)
        {
            all[figure.Name] = Math.Round(figure.Value, Digits);
        }

        File.WriteAllText(path, JsonSerializer.Serialize(all, Format) + Environment.NewLine);
    }
}
