using System.Text.Json;

namespace LipSync.Cli.Output;

/// <summary>Reads members of an answer by path; members without a value are left out of answers.</summary>
public static class JsonPaths
{
    /// <summary>The element at a path such as <c>credits.available</c>; null: it is not there.</summary>
    public static JsonElement? At(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>What is at the path, as text; empty: it is not there.</summary>
    public static string Text(this JsonElement element, string path) => element.At(path)?.ToString() ?? "";

    /// <summary>The number at the path; 0: it is not there.</summary>
    public static double Number(this JsonElement element, string path) =>
        element.At(path) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 0;
}
