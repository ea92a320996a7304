using Amazon.S3.Model;
using LipSync.Storage;

namespace LipSync.Gateway.Storage.S3;

/// <summary>
/// An object as a seekable stream, for asynchronous reading only. It asks for one range after the other, each twice as large as the one
/// before, so that a small artifact or a part of a large one is one small request; where a connection breaks or falls silent it goes
/// on from there, on the same version of the object (If-Match).
/// </summary>
internal sealed class S3Reader : Stream
{
    private const int FirstWindow = 128 * 1024;
    private const int LargestWindow = 32 * 1024 * 1024;
    private const int MostAttempts = 5;

    private readonly S3Bucket bucket;
    private readonly string key;
    private readonly S3ObjectHead head;
    private long position;
    private long window;
    private GetObjectResponse? response;
    private (long Next, long End) range; // of the response: the next byte it gives, and where it ends

    /// <param name="window">Bytes of the first range.</param>
    public S3Reader(S3Bucket bucket, string key, S3ObjectHead head, long window = FirstWindow)
    {
        this.bucket = bucket;
        this.key = key;
        this.head = head;
        this.window = window;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => head.Bytes;

    public override long Position
    {
        get => position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Null where there is no such object.</summary>
    public static async Task<S3Reader?> Open(S3Bucket bucket, string key, CancellationToken cancellationToken)
    {
        if (await bucket.Get(key, eTag: null, 0, FirstWindow - 1, cancellationToken) is not { } first)
        {
            // An object without bytes has no range at all.
            return await bucket.Head(key, cancellationToken) is { } empty ? new(bucket, key, empty) : null;
        }

        var bytes = TotalOf(first);
        return new(bucket, key, new(bytes, first.ETag, PutId: null)) { response = first, range = (0, Math.Min(FirstWindow, bytes)) };
    }

    /// <summary>The whole object, in as few requests as that takes.</summary>
    public static S3Reader Whole(S3Bucket bucket, string key, S3ObjectHead head) => new(bucket, key, head, LargestWindow);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        for (var attempt = 1; ; attempt++)
        {
            using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                var content = await Content(cancellationToken);
                stall.CancelAfter(bucket.Stall);
                var read = await content.ReadAsync(buffer[..(int)Math.Min(buffer.Length, range.End - range.Next)], stall.Token);
                if (read == 0)
                {
                    throw new EndOfStreamException("The answer ended before its end.");
                }

                range.Next += read;
                position += read;
                return read;
            }
            catch (Exception exception) when (IsBroken(exception) && !cancellationToken.IsCancellationRequested)
            {
                Drop();
                if (attempt == MostAttempts)
                {
                    throw new MediaStoreUnavailableException($"'{key}' could not be read on from byte {position}: {exception.Message}", exception);
                }
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Artifacts are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => position,
            _ => Length,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        return position = target;
    }

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Drop();
        }

        base.Dispose(disposing);
    }

    private async Task<Stream> Content(CancellationToken cancellationToken)
    {
        if (response is null || range.Next != position || range.Next == range.End)
        {
            Drop();
            var end = Math.Min(position + window, Length);
            response = await bucket.Get(key, head.ETag, position, end - 1, cancellationToken)
                ?? throw new FileNotFoundException($"'{key}' was deleted or replaced while it was read.", key);
            range = (position, end);
            window = Math.Min(window * 2, LargestWindow);
        }

        return response.ResponseStream;
    }

    private void Drop()
    {
        response?.Dispose();
        response = null;
    }

    private static bool IsBroken(Exception exception) =>
        exception is IOException and not MediaStoreUnavailableException and not FileNotFoundException or HttpRequestException or OperationCanceledException;

    /// <summary>Of <c>bytes 0-99/1000</c>; a server that ignored the range sends everything.</summary>
    private static long TotalOf(GetObjectResponse response) =>
        response.ContentRange is { } text && System.Net.Http.Headers.ContentRangeHeaderValue.TryParse(text, out var range) && range.Length is { } total
            ? total
            : response.ContentLength;
}
