using System.Globalization;
using System.Text;

namespace LipSync.Media.Ffmpeg;

/// <summary>Joins mp4 files with the same encoder settings, one after the other, without decoding them.</summary>
internal static class Concatenation
{
    /// <summary>Writes the list that ffmpeg's concat demuxer reads.</summary>
    public static Task WriteList(string listPath, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var list = new StringBuilder("ffconcat version 1.0\n");
        foreach (var file in files)
        {
            list.Append(CultureInfo.InvariantCulture, $"file '{Path.GetFullPath(file).Replace("'", @"'\''", StringComparison.Ordinal)}'\n");
        }

        return File.WriteAllTextAsync(listPath, list.ToString(), cancellationToken);
    }

    /// <summary>The arguments that open a list; its stream 0:v is the joined video.</summary>
    public static IEnumerable<string> Input(string listPath) =>
        ["-protocol_whitelist", "file", "-f", "concat", "-safe", "0", "-i", Path.GetFullPath(listPath)];
}
