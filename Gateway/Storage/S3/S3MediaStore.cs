using Amazon.S3;
using LipSync.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Storage.S3;

/// <summary>Artifacts as objects of one bucket, under their keys.</summary>
public sealed class S3MediaStore : IMediaStore, IDisposable
{
    private const int DeletedAtOnce = 1000; // the most that one request takes
    private const int CopyBytes = 128 * 1024;

    private readonly S3Bucket bucket;
    private readonly S3Upload upload;
    private readonly Lazy<MediaCache> cache;

    public S3MediaStore(IOptions<MediaStoreOptions> options, TimeProvider time, ILogger<S3MediaStore> logger)
    {
        var s3 = options.Value.S3;
        bucket = new(options);
        upload = new(bucket, s3.PartBytes, logger);
        cache = new(() => new(s3.CacheFolder, s3.CacheBytes, time)); // a gateway needs none
    }

    public async Task<long> Put(string key, Stream content, long maxBytes, CancellationToken cancellationToken) =>
        (await upload.Put(MediaKey.Require(key), content, maxBytes, cancellationToken)).Bytes;

    public async Task PutFile(string key, string path, CancellationToken cancellationToken)
    {
        MediaKey.Require(key);
        S3ObjectHead head;
        await using (var file = OpenLocal(path, FileMode.Open, FileAccess.Read))
        {
            head = await upload.Put(key, file, long.MaxValue, cancellationToken);
        }

        cache.Value.Adopt(key, head, path);
    }

    public async Task<Stream?> Open(string key, CancellationToken cancellationToken) =>
        await S3Reader.Open(bucket, MediaKey.Require(key), cancellationToken);

    public async Task<bool> Exists(string key, CancellationToken cancellationToken) =>
        await bucket.Head(MediaKey.Require(key), cancellationToken) is not null;

    public async Task<long?> Size(string key, CancellationToken cancellationToken) =>
        (await bucket.Head(MediaKey.Require(key), cancellationToken))?.Bytes;

    public async Task<LocalMedia> Materialize(string key, CancellationToken cancellationToken)
    {
        var head = await bucket.Head(MediaKey.Require(key), cancellationToken)
            ?? throw new FileNotFoundException($"There is no artifact '{key}'.", key);
        return await cache.Value.Get(key, head, (path, token) => Download(key, head, path, token), cancellationToken);
    }

    public async Task DeletePrefix(string prefix, CancellationToken cancellationToken) =>
        await Delete(prefix, DateTimeOffset.MaxValue, cancellationToken);

    public async Task<int> DeleteOlder(string prefix, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = await Delete(prefix, before, cancellationToken);

        // What a crash left unfinished has no key; it goes when it is old enough. Last, for not every server can list it.
        foreach (var unfinished in (await bucket.Uploads(cancellationToken)).Where(unfinished => unfinished.Initiated?.ToUniversalTime() < before.UtcDateTime))
        {
            await bucket.AbortUpload(unfinished.Key, unfinished.UploadId, cancellationToken);
        }

        return deleted;
    }

    public async Task<Uri?> PresignGet(
        string key, TimeSpan lifetime, string contentType, string contentDisposition, CancellationToken cancellationToken) => await bucket.Presign(
            new()
            {
                Key = MediaKey.Require(key),
                Verb = HttpVerb.GET,
                ResponseHeaderOverrides = { ContentType = contentType, ContentDisposition = contentDisposition },
            },
            lifetime);

    public async Task<Uri?> PresignPut(string key, TimeSpan lifetime, CancellationToken cancellationToken) =>
        await bucket.Presign(new() { Key = MediaKey.Require(key), Verb = HttpVerb.PUT }, lifetime);

    /// <summary>Asks whether the bucket can be used.</summary>
    /// <exception cref="AmazonS3Exception">The server's answer is no.</exception>
    internal Task Probe(CancellationToken cancellationToken) => bucket.Probe(cancellationToken);

    public void Dispose()
    {
        bucket.Dispose();
        if (cache.IsValueCreated)
        {
            cache.Value.Dispose();
        }
    }

    private async Task Download(string key, S3ObjectHead head, string path, CancellationToken cancellationToken)
    {
        await using var content = S3Reader.Whole(bucket, key, head);
        await using var file = OpenLocal(path, FileMode.CreateNew, FileAccess.Write);
        await content.CopyToAsync(file, CopyBytes, cancellationToken);
    }

    private async Task<int> Delete(string prefix, DateTimeOffset before, CancellationToken cancellationToken)
    {
        MediaKey.FolderOf(prefix);
        var deleted = 0;
        string? next = null;
        do
        {
            (var objects, next) = await bucket.List(prefix, next, cancellationToken);
            foreach (var batch in objects.Where(found => found.LastModified?.ToUniversalTime() < before.UtcDateTime).Select(found => found.Key).Chunk(DeletedAtOnce))
            {
                await bucket.Delete(batch, cancellationToken);
                deleted += batch.Length;
            }
        }
        while (next is not null);

        return deleted;
    }

    private static FileStream OpenLocal(string path, FileMode mode, FileAccess access) =>
        new(path, mode, access, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
}
