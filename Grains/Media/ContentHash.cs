using System.Security.Cryptography;

namespace LipSync.Media;

/// <summary>What names content by its bytes.</summary>
public static class ContentHash
{
    private const int BufferBytes = 128 * 1024;

    /// <returns>The lower-case hexadecimal SHA-256 of a file.</returns>
    public static async Task<string> Of(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, useAsync: true);
        return await Of(file, cancellationToken);
    }

    /// <returns>The lower-case hexadecimal SHA-256 of the rest of a stream.</returns>
    public static async Task<string> Of(Stream content, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
}
