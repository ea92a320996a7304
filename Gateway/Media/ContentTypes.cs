using System.Collections.Frozen;

namespace LipSync.Gateway.Media;

/// <summary>
/// The types of media that are named as such. Everything else is served as bytes to download: what a stranger uploaded must not
/// run as a page of this host.
/// </summary>
public static class ContentTypes
{
    public const string Unknown = "application/octet-stream";

    // Ours alone: a stranger's drawing can hold a script, so uploads never keep this extension.
    private const string OurPlot = ".svg";

    private static readonly (string Extension, string Type)[] Known =
    [
        (".mp4", "video/mp4"), (".mov", "video/quicktime"), (".webm", "video/webm"), (".mkv", "video/x-matroska"),
        (".avi", "video/x-msvideo"), (".ts", "video/mp2t"), (".wmv", "video/x-ms-wmv"),
        (".mp3", "audio/mpeg"), (".wav", "audio/wav"), (".m4a", "audio/mp4"), (".aac", "audio/aac"), (".ogg", "audio/ogg"),
        (".opus", "audio/ogg"), (".flac", "audio/flac"), (".wma", "audio/x-ms-wma"),
        (".jpg", "image/jpeg"), (".jpeg", "image/jpeg"), (".png", "image/png"), (".webp", "image/webp"), (".bmp", "image/bmp"),
    ];

    private static readonly FrozenDictionary<string, string> Types =
        Known.ToFrozenDictionary(known => known.Extension, known => known.Type, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Extensions = Known
        .DistinctBy(known => known.Type, StringComparer.Ordinal)
        .ToFrozenDictionary(known => known.Type, known => known.Extension, StringComparer.OrdinalIgnoreCase);

    public static string OfName(string name) => Path.GetExtension(name) is OurPlot ? "image/svg+xml" : Types.GetValueOrDefault(Path.GetExtension(name), Unknown);

    /// <summary>An extension with its dot, from a file's name or else its type; empty where neither is known.</summary>
    public static string ExtensionFor(string? name, string? type)
    {
        var extension = Path.GetExtension(name ?? "");
        return Types.ContainsKey(extension) ? extension.ToLowerInvariant() : Extensions.GetValueOrDefault(type ?? "", "");
    }
}
