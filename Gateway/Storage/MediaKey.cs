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

    /// <summary>The key itself.</summary>
    /// <exception cref="ArgumentException">It is not well-formed.</exception>
    public static string Require(string key) =>
        IsWellFormed(key) ? key : throw new ArgumentException("Not a key of the media store.", nameof(key));

    /// <summary>The folder that holds every key with the prefix, without a closing slash.</summary>
    /// <exception cref="ArgumentException">The prefix has no folder, so that it could mean the whole store.</exception>
    public static string FolderOf(string prefix) => Require(prefix[..(prefix.LastIndexOf('/') + 1)].TrimEnd('/'));

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
