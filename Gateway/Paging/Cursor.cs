using System.Buffers.Text;
using System.Text;

namespace LipSync.Gateway.Paging;

/// <summary>Where a list's next page goes on, as one word: clients hand it back, and read nothing from it.</summary>
public static class Cursor
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Of(string place) => Base64Url.EncodeToString(Strict.GetBytes(place));

    /// <summary>The place; null where the word is none of ours.</summary>
    public static string? Read(string cursor)
    {
        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
