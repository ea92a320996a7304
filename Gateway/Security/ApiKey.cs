using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace LipSync.Gateway.Security;

/// <summary>
/// The secret a client shows: <c>ls_live_</c>, 192 random bits and a 32-bit checksum, both in lower-case hexadecimal. The prefix lets
/// secret scanners find a leaked key, the checksum refuses a mistyped one without a look-up.
/// </summary>
public sealed class ApiKey
{
    private const string Prefix = "ls_live_";
    private const int RandomBytes = 24;
    private const int ChecksumBytes = 4;
    private const int Length = 8 + (2 * (RandomBytes + ChecksumBytes));

    private readonly string secret;

    private ApiKey(string secret) => this.secret = secret;

    /// <summary>Lower-case hexadecimal SHA-256 of the secret: the key of its grain. 192 random bits need no slow hash.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    /// <summary>The secret's beginning, by which its owner knows it again.</summary>
    public string Shown => secret[..(Prefix.Length + 8)];

    public static ApiKey Generate()
    {
        var body = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));
        return new ApiKey(body + Checksum(body));
    }

    /// <summary>False: this text was never a key of ours, or was mistyped.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKey? key)
    {
        key = null;
        if (text is not { Length: Length } || !text.StartsWith(Prefix, StringComparison.Ordinal) || !Ascii.IsValid(text))
        {
            return false;
        }

        var body = text[..^(2 * ChecksumBytes)];
        if (!text.EndsWith(Checksum(body), StringComparison.Ordinal))
        {
            return false;
        }

        key = new ApiKey(text);
        return true;
    }

    /// <summary>The secret itself: to be shown to its owner once.</summary>
    public string Reveal() => secret;

    /// <summary>Never the secret, so that no log can hold it.</summary>
    public override string ToString() => Prefix + "…";

    private static string Checksum(string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(body)).AsSpan(0, ChecksumBytes));
}
