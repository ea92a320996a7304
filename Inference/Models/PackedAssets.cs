using System.Text.Json;

namespace LipSync.Models;

/// <summary>
/// Reads files out of an Emscripten file package: <c>NAME.data</c> holds all files end to end, the script <c>NAME_loader.js</c>
/// calls <c>loadPackage</c> with a JSON object that names each file's start and end.
/// </summary>
internal static class PackedAssets
{
    private const string Call = "loadPackage({";

    public static byte[] Read(string folder, string package, string fileName)
    {
        var script = File.ReadAllText(Path.Combine(folder, package + "_loader.js"));
        var (start, end) = Locate(script, fileName);
        using var data = File.OpenRead(Path.Combine(folder, package + ".data"));
        var bytes = new byte[end - start];
        data.Position = start;
        data.ReadExactly(bytes);
        return bytes;
    }

    internal static (int Start, int End) Locate(string script, string fileName)
    {
        var call = script.LastIndexOf(Call, StringComparison.Ordinal);
        if (call < 0)
        {
            throw new InvalidDataException("The loader script has no loadPackage call.");
        }

        // The object ends at ");" and is strict JSON: parse exactly that, not the script around it.
        var from = call + Call.Length - 1;
        var to = script.IndexOf(");", from, StringComparison.Ordinal);
        using var table = JsonDocument.Parse(script.AsMemory(from, to - from));
        foreach (var file in table.RootElement.GetProperty("files").EnumerateArray())
        {
            if (file.GetProperty("filename").GetString()!.EndsWith("/" + fileName, StringComparison.Ordinal))
            {
                return (file.GetProperty("start").GetInt32(), file.GetProperty("end").GetInt32());
            }
        }

        throw new InvalidDataException($"The package holds no {fileName}.");
    }
}
