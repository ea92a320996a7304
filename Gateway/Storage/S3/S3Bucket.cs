using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using LipSync.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Storage.S3;

/// <summary>What the bucket tells of an object.</summary>
/// <param name="PutId">Which put wrote it; null: none of ours.</param>
internal sealed record S3ObjectHead(long Bytes, string ETag, string? PutId);

/// <summary>
/// The bucket's requests, each with an end in sight: retried by the library, and given up where the server stays silent. Bodies carry
/// a Content-MD5, the one checksum that every S3 server verifies. Failures of the server are <see cref="MediaStoreUnavailableException"/>.
/// </summary>
internal sealed class S3Bucket(IOptions<MediaStoreOptions> options) : IDisposable
{
    private const string PutIdName = "lipsync-put";
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(20); // of all retries together

    private readonly AmazonS3Client client = S3Clients.Create(options.Value.S3);
    private readonly string name = options.Value.S3.Bucket;
    private readonly TimeSpan patience = ((options.Value.S3.Retries + 1) * options.Value.S3.RequestTimeout) + LongestBackoff;

    /// <summary>How long an answer that has begun may pause.</summary>
    public TimeSpan Stall => options.Value.S3.RequestTimeout;

    public void Dispose() => client.Dispose();

    public Task Put(string key, string putId, ArraySegment<byte> content, CancellationToken cancellationToken) => Call(
        token =>
        {
            var request = new PutObjectRequest
            {
                BucketName = name, Key = key, InputStream = StreamOf(content), MD5Digest = Md5(content), UseChunkEncoding = false,
            };
            request.Metadata[PutIdName] = putId;
            return client.PutObjectAsync(request, token);
        },
        cancellationToken);

    /// <returns>The upload's id.</returns>
    public async Task<string> BeginUpload(string key, string putId, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = name, Key = key };
        request.Metadata[PutIdName] = putId;
        return (await Call(token => client.InitiateMultipartUploadAsync(request, token), cancellationToken)).UploadId;
    }

    public async Task<PartETag> PutPart(string key, string uploadId, int number, ArraySegment<byte> content, CancellationToken cancellationToken)
    {
        var part = await Call(
            token => client.UploadPartAsync(
                new()
                {
                    BucketName = name, Key = key, UploadId = uploadId, PartNumber = number, PartSize = content.Count,
                    InputStream = StreamOf(content), MD5Digest = Md5(content), UseChunkEncoding = false,
                },
                token),
            cancellationToken);
        return new(number, part.ETag);
    }

    public Task CompleteUpload(string key, string uploadId, List<PartETag> parts, CancellationToken cancellationToken) => Call(
        token => client.CompleteMultipartUploadAsync(new() { BucketName = name, Key = key, UploadId = uploadId, PartETags = parts }, token),
        cancellationToken);

    public Task AbortUpload(string key, string uploadId, CancellationToken cancellationToken) => Call<AbortMultipartUploadResponse?>(
        async token =>
        {
            try
            {
                return await client.AbortMultipartUploadAsync(new() { BucketName = name, Key = key, UploadId = uploadId }, token);
            }
            catch (AmazonS3Exception gone) when (gone.StatusCode is HttpStatusCode.NotFound)
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>Null where there is no such object.</summary>
    public Task<S3ObjectHead?> Head(string key, CancellationToken cancellationToken) => Call<S3ObjectHead?>(
        async token =>
        {
            try
            {
                var head = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = name, Key = key }, token);
                return new(head.ContentLength, head.ETag, head.Metadata[PutIdName]);
            }
            catch (AmazonS3Exception missing) when (missing.StatusCode is HttpStatusCode.NotFound)
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>A part of an object; null where there is no such object, or none with this ETag, or the range begins at its end.</summary>
    public Task<GetObjectResponse?> Get(string key, string? eTag, long first, long last, CancellationToken cancellationToken) => Call<GetObjectResponse?>(
        async token =>
        {
            try
            {
                return await client.GetObjectAsync(
                    new GetObjectRequest { BucketName = name, Key = key, EtagToMatch = eTag, ByteRange = new ByteRange(first, last) }, token);
            }
            catch (AmazonS3Exception absent) when (absent is { ErrorCode: "NoSuchKey" }
                or { StatusCode: HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable })
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>Up to a thousand objects, and what to continue with; null: those were the last.</summary>
    public async Task<(IReadOnlyList<S3Object> Objects, string? Next)> List(string prefix, string? from, CancellationToken cancellationToken)
    {
        var page = await Call(
            token => client.ListObjectsV2Async(new() { BucketName = name, Prefix = prefix, ContinuationToken = from }, token), cancellationToken);
        return (page.S3Objects ?? [], page.IsTruncated is true ? page.NextContinuationToken : null);
    }

    /// <param name="keys">At most a thousand.</param>
    public Task Delete(IEnumerable<string> keys, CancellationToken cancellationToken) => Call(
        token => client.DeleteObjectsAsync(
            new() { BucketName = name, Quiet = true, Objects = [.. keys.Select(key => new KeyVersion { Key = key })] }, token),
        cancellationToken);

    /// <summary>Up to a thousand uploads that were begun and neither completed nor aborted.</summary>
    public async Task<IReadOnlyList<MultipartUpload>> Uploads(CancellationToken cancellationToken) =>
        (await Call(token => client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = name }, token), cancellationToken))
            .MultipartUploads ?? [];

    /// <summary>Asks for one key, which tells a missing bucket from a refusal.</summary>
    /// <exception cref="AmazonS3Exception">The server's answer is no.</exception>
    public Task Probe(CancellationToken cancellationToken) =>
        client.ListObjectsV2Async(new() { BucketName = name, MaxKeys = 1 }, cancellationToken);

    public async Task<Uri> Presign(GetPreSignedUrlRequest request, TimeSpan lifetime)
    {
        request.BucketName = name;
        request.Protocol = options.Value.S3.ServiceUrl?.Scheme == Uri.UriSchemeHttp ? Protocol.HTTP : Protocol.HTTPS;
        request.Expires = DateTime.UtcNow + lifetime; // by the clock that the library signs with
        return new(await client.GetPreSignedURLAsync(request));
    }

    private async Task<T> Call<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await request(limit.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException)
        {
            throw new MediaStoreUnavailableException($"The media store in bucket '{name}' failed: {exception.Message}", exception);
        }
    }

    private static MemoryStream StreamOf(ArraySegment<byte> content) => new(content.Array!, content.Offset, content.Count, writable: false);

#pragma warning disable CA5351 // The protocol's own checksum: against accidents on the way, not against forgers.
    private static string Md5(ArraySegment<byte> content) => Convert.ToBase64String(MD5.HashData(content));
#pragma warning restore CA5351
}
