using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LipSync.Gateway.Media;

/// <summary>What a signed link is worth.</summary>
public enum LinkState { Valid, Expired, Forged }

/// <summary>
/// HMAC-SHA256 over an artifact's key and the second at which the link ends; of a link to put one, also over the most bytes it takes.
/// Neither can be used as the other. Pure: time and secret are arguments.
/// </summary>
public static class LinkSignature
{
    // Keys hold no line break, so no other key, time and size give the same text.
    public static string Compute(byte[] secret, string key, long expires) =>
        Sign(secret, string.Create(CultureInfo.InvariantCulture, $"{key}\n{expires}"));

    public static string ComputePut(byte[] secret, string key, long expires, long maxBytes) =>
        Sign(secret, string.Create(CultureInfo.InvariantCulture, $"PUT\n{key}\n{expires}\n{maxBytes}"));

    public static LinkState Check(byte[] secret, string key, long expires, string signature, DateTimeOffset now) =>
        Compare(Compute(secret, key, expires), signature, expires, now);

    public static LinkState CheckPut(byte[] secret, string key, long expires, long maxBytes, string signature, DateTimeOffset now) =>
        Compare(ComputePut(secret, key, expires, maxBytes), signature, expires, now);

    private static string Sign(byte[] secret, string text) => Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));

    private static LinkState Compare(string computed, string signature, long expires, DateTimeOffset now)
    {
        var expected = Encoding.ASCII.GetBytes(computed);
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature)))
        {
            return LinkState.Forged;
        }

        return now.ToUnixTimeSeconds() < expires ? LinkState.Valid : LinkState.Expired;
    }
}
