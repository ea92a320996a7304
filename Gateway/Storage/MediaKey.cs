using System.Buffers;

namespace LipSync.Gateway.Storage;

/// <summary>
/// Keys are relative paths of plain segments: letters, digits, <c>-</c>, <c>_</c> and inner dots. Nothing else reaches the file
/// system, so no key can leave the store's folder.
/// </summary>
public static class MediaKey
{
    private const int LongestKey = 512;

    private static readonly SearchValues<char> SegmentCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static bool IsWellFormed(ReadOnlySpan<char> key)
    {
        if (key.Length is 0 or > LongestKey)
        {
            return false;
        }

        foreach (var range in key.Split('/'))
        {
            // A leading dot is a hidden file, the store's own folder of unfinished writes, "." or "..".
            var segment = key[range];
            if (segment.IsEmpty || segment[0] == '.' || segment.ContainsAnyExcept(SegmentCharacters))
            {
                return false;
            }
        }

        return true;
    }
}
