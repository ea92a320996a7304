using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LipSync.Gateway.Media;

/// <summary>What a signed link is worth.</summary>
public enum LinkState { Valid, Expired, Forged }

/// <summary>HMAC-SHA256 over an artifact's key and the second at which the link ends. Pure: time and secret are arguments.</summary>
public static class LinkSignature
{
    public static string Compute(byte[] secret, string key, long expires)
    {
        // Keys hold no line break, so no other pair of key and time gives the same text.
        var text = string.Create(CultureInfo.InvariantCulture, $"{key}\n{expires}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
    }

    public static LinkState Check(byte[] secret, string key, long expires, string signature, DateTimeOffset now)
    {
        var expected = Encoding.ASCII.GetBytes(Compute(secret, key, expires));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature)))
        {
            return LinkState.Forged;
        }

        return now.ToUnixTimeSeconds() < expires ? LinkState.Valid : LinkState.Expired;
    }
}
