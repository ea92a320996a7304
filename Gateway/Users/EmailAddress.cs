using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LipSync.Gateway.Users;

/// <summary>
/// An e-mail address in the one spelling that all its spellings share: lower case, compatible characters unified (NFKC), the domain
/// in ASCII. Comments, quotes and addresses without a dot in the domain are not taken.
/// </summary>
public sealed record EmailAddress
{
    public const int Longest = 254;

    private const int LongestLocalPart = 64;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\"(),:;<>@[\\]");
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string text, string domain) => (Text, Domain) = (text, domain);

    public string Text { get; }

    public string Domain { get; }

    /// <summary>The key of the user's grain.</summary>
    public string UserKey => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        if (text is not { Length: > 2 and <= Longest } || Normal(text) is not { } normal)
        {
            return false;
        }

        var at = normal.LastIndexOf('@');
        if (at is < 1 or > LongestLocalPart || !IsLocalPart(normal.AsSpan(0, at)) || !TryDomain(normal[(at + 1)..], out var domain))
        {
            return false;
        }

        address = new EmailAddress($"{normal[..at]}@{domain}", domain);
        return true;
    }

    /// <summary>Null: not even Unicode.</summary>
    private static string? Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        foreach (var character in local)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                return false;
            }
        }

        return !local.ContainsAny(Forbidden) && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal);
    }

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
