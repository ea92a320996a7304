using System.Buffers;
using Amazon.S3.Model;
using LipSync.Storage;

namespace LipSync.Gateway.Storage.S3;

/// <summary>
/// Puts that are whole or not there at all. Each writes an id of its own beside the object and asks for it afterwards, so that a put
/// whose answer was lost is known from one that never happened, or from an earlier one of the same size.
/// </summary>
internal sealed partial class S3Upload(S3Bucket bucket, int partBytes, ILogger logger)
{
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(10);

    /// <exception cref="MediaTooLargeException">Nothing is left behind.</exception>
    public async Task<S3ObjectHead> Put(string key, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var putId = Guid.NewGuid().ToString("N");
        var buffer = ArrayPool<byte>.Shared.Rent(partBytes);
        try
        {
            var first = await Fill(content, buffer, sent: 0, maxBytes, cancellationToken);
            return first.Count < partBytes
                ? await PutAtOnce(key, putId, first, cancellationToken)
                : await PutInParts(key, putId, first, content, buffer, maxBytes, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<ArraySegment<byte>> Fill(Stream content, byte[] buffer, long sent, long maxBytes, CancellationToken cancellationToken)
    {
        var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, partBytes), partBytes, throwOnEndOfStream: false, cancellationToken);
        return sent + read <= maxBytes ? new(buffer, 0, read) : throw new MediaTooLargeException(maxBytes);
    }

    private async Task<S3ObjectHead> PutAtOnce(string key, string putId, ArraySegment<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            await bucket.Put(key, putId, content, cancellationToken);
        }
        catch (MediaStoreUnavailableException)
        {
            if (await FindWhole(key, putId, content.Count, cancellationToken) is { } found)
            {
                return found;
            }

            throw;
        }

        return await Verify(key, putId, content.Count, cancellationToken);
    }

    private async Task<S3ObjectHead> PutInParts(
        string key, string putId, ArraySegment<byte> part, Stream content, byte[] buffer, long maxBytes, CancellationToken cancellationToken)
    {
        var uploadId = await bucket.BeginUpload(key, putId, cancellationToken);
        try
        {
            List<PartETag> parts = [];
            var bytes = 0L;
            for (; part.Count > 0; part = await Fill(content, buffer, bytes, maxBytes, cancellationToken))
            {
                parts.Add(await bucket.PutPart(key, uploadId, parts.Count + 1, part, cancellationToken));
                bytes += part.Count;
            }

            try
            {
                await bucket.CompleteUpload(key, uploadId, parts, cancellationToken);
            }
            catch (MediaStoreUnavailableException)
            {
                if (await FindWhole(key, putId, bytes, cancellationToken) is { } found)
                {
                    return found;
                }

                throw;
            }

            return await Verify(key, putId, bytes, cancellationToken);
        }
        catch
        {
            await Abort(key, uploadId);
            throw;
        }
    }

    /// <summary>The object of a put whose answer did not arrive; null: it did not happen.</summary>
    private async Task<S3ObjectHead?> FindWhole(string key, string putId, long bytes, CancellationToken cancellationToken)
    {
        var head = await bucket.Head(key, cancellationToken);
        if (head?.PutId != putId || head.Bytes != bytes)
        {
            return null;
        }

        LogFoundWhole(key);
        return head;
    }

    private async Task<S3ObjectHead> Verify(string key, string putId, long bytes, CancellationToken cancellationToken)
    {
        var head = await bucket.Head(key, cancellationToken)
            ?? throw new MediaStoreUnavailableException($"The media store took '{key}' and has it not.");

        // Another put of the same key may have come after ours; it sees to itself.
        return head.PutId != putId || head.Bytes == bytes
            ? head
            : throw new MediaStoreUnavailableException($"The media store took {bytes} bytes of '{key}' and has {head.Bytes}.");
    }

    /// <summary>What can't be aborted now goes with the next sweep.</summary>
    private async Task Abort(string key, string uploadId)
    {
        using var limit = new CancellationTokenSource(AbortPatience);
        try
        {
            await bucket.AbortUpload(key, uploadId, limit.Token);
        }
        catch (Exception exception) when (exception is MediaStoreUnavailableException or OperationCanceledException)
        {
            LogNotAborted(exception, key);
        }
    }
}
