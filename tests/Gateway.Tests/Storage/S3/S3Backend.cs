using Amazon.S3;
using Amazon.S3.Model;
using LipSync.Gateway.Storage;
using LipSync.Gateway.Storage.S3;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LipSync.Tests.Storage.S3;

/// <param name="change">Changes the store's options.</param>
/// <param name="faults">What stands between the store and the server; null: nothing.</param>
public sealed class S3Backend(S3Server server, Action<S3Options>? change = null, S3Faults? faults = null) : StoreBackend
{
    private AmazonS3Client client = null!;
    private S3MediaStore store = null!;

    public string Bucket { get; private set; } = "";

    /// <summary>The clock of what is kept locally.</summary>
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    /// <summary>Copies of artifacts are kept below it.</summary>
    public string CacheFolder { get; } = Directory.CreateTempSubdirectory("lipsync-cache-").FullName;

    public string[] CachedFiles => [.. Directory.EnumerateFiles(CacheFolder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock")];

    public override async Task InitializeAsync()
    {
        client = server.NewClient();
        Bucket = await server.NewBucket();
        Store = store = NewStore();
    }

    /// <summary>Another process' store on the same bucket and cache folder.</summary>
    public S3MediaStore NewStore()
    {
        var options = new S3Options
        {
            ServiceUrl = faults?.Url ?? server.Url, Bucket = Bucket, AccessKey = S3Server.AccessKey, SecretKey = S3Server.SecretKey,
            PartBytes = 5 * 1024 * 1024, CacheFolder = CacheFolder,
        };
        change?.Invoke(options);
        return new(Options.Create(new MediaStoreOptions { Store = "S3", S3 = options }), Time, NullLogger<S3MediaStore>.Instance);
    }

    public override Task DisposeAsync()
    {
        store.Dispose();
        client.Dispose();
        Directory.Delete(CacheFolder, recursive: true);
        return Task.CompletedTask;
    }

    public override async Task<string[]> Everything()
    {
        var objects = (await client.ListObjectsV2Async(new() { BucketName = Bucket })).S3Objects ?? [];
        var uploads = (await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket })).MultipartUploads ?? [];
        return [.. objects.Select(found => found.Key).Concat(uploads.Select(unfinished => $"{unfinished.Key} (unfinished)")).Order(StringComparer.Ordinal)];
    }

    public override void Age(string key) => AgeFile(FileOf(key));

    public override async Task LeaveUnfinished()
    {
        var upload = await client.InitiateMultipartUploadAsync(Bucket, "uploads/left");
        AgeFile(Path.Combine(server.Folder, Bucket, "._S3rver_uploads", upload.UploadId, "key"));
    }

    /// <summary>Where the server keeps an object.</summary>
    public string FileOf(string key) => Path.Combine(server.Folder, Bucket, key + "._S3rver_object");

    private static void AgeFile(string file) => File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));
}
