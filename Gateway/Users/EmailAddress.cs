using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LipSync.Gateway.Users;

/// <summary>
/// An e-mail address in the one spelling that all its spellings share: lower case, the domain in ASCII. Comments, quotes, other
/// alphabets before the @ and domains without a dot are not taken.
/// </summary>
public sealed record EmailAddress
{
    public const int Longest = 254;

    private const int LongestLocalPart = 64;

    /// <summary>Before the @, capitals apart.</summary>
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+-/=?^_`{|}~");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string text, string domain) => (Text, Domain) = (text, domain);

    public string Text { get; }

    public string Domain { get; }

    /// <summary>The key of the user's grain.</summary>
    public string UserKey => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        if (text is not { Length: > 2 and <= Longest })
        {
            return false;
        }

        var normal = text.ToLowerInvariant();
        var at = normal.LastIndexOf('@');
        if (at is < 1 or > LongestLocalPart || !IsLocalPart(normal.AsSpan(0, at)) || !TryDomain(normal[(at + 1)..], out var domain))
        {
            return false;
        }

        address = new EmailAddress($"{normal[..at]}@{domain}", domain);
        return true;
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local) =>
        !local.ContainsAnyExcept(Allowed) && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal);

    private static bool TryDomain(string text, out string domain)
    {
        domain = "";
        try
        {
            domain = Idn.GetAscii(text);
        }
        catch (ArgumentException)
        {
            return false;
        }

        var dot = domain.LastIndexOf('.');
        return dot > 0 && dot < domain.Length - 2;
    }
}
