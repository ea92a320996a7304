using System.Buffers.Text;
using System.Text;

namespace LipSync.Gateway.Lists;

/// <summary>Where the next page of a list begins: opaque to clients, and of use in the list that it came from only.</summary>
public static class Cursor
{
    private const int Longest = 512;

    /// <param name="list">The list's name: without colons, and other than any other list's.</param>
    /// <param name="place">The last item of the page, in the list's own words.</param>
    public static string Write(string list, string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{list}:{place}"));

    /// <summary>The place; null: this is no cursor of this list.</summary>
    public static string? Read(string list, string cursor)
    {
        if (cursor.Length > Longest || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return text.StartsWith($"{list}:", StringComparison.Ordinal) ? text[(list.Length + 1)..] : null;
    }
}
