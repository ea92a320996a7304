using System.Buffers;
using System.Security.Cryptography;
using LipSync.Storage;

namespace LipSync.Media;

/// <summary>A file that knows the SHA-256 of what was written to it.</summary>
internal sealed class HashingFile(string path) : IAsyncDisposable
{
    private const int BufferBytes = 128 * 1024;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);

    /// <param name="stall">Put off whenever bytes arrive, so that it fires only where a server falls silent.</param>
    /// <param name="silence">How long a silence may last.</param>
    /// <exception cref="MediaTooLargeException">More than <paramref name="maxBytes"/>.</exception>
    public async Task CopyFrom(
        Stream content, long maxBytes, CancellationTokenSource? stall, TimeSpan silence, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long total = 0;
            while (await Read(content, buffer, cancellationToken) is var read and > 0)
            {
                total += read;
                if (total > maxBytes)
                {
                    throw new MediaTooLargeException(maxBytes);
                }

                stall?.CancelAfter(silence);
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A source that breaks off is the source's fault; a file that can't be written is ours.
    private static async ValueTask<int> Read(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, exception.Message, exception);
        }
    }

    public string Hash() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public async ValueTask DisposeAsync()
    {
        hash.Dispose();
        await file.DisposeAsync();
    }
}
