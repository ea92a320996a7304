using LipSync.Gateway.Storage;
using LipSync.Gateway.Storage.S3;

namespace LipSync.Tests.Storage;

public sealed class MediaStoreOptionsTests
{
    public static TheoryData<string, Action<MediaStoreOptions>> Wrong => new()
    {
        { "Store is 'Cloud'. It must be one of: Folder, S3.", options => options.Store = "Cloud" },
        { "Store is '1'.", options => options.Store = "1" },
        { "Folder is empty.", options => (options.Store, options.Folder) = ("Folder", " ") },
        { "Bucket is empty.", options => options.S3.Bucket = "" },
        { "Region is empty.", options => options.S3.Region = " " },
        { "ServiceUrl must be", options => options.S3.ServiceUrl = new("ftp://example.com") },
        { "ServiceUrl must be", options => options.S3.ServiceUrl = new("https://example.com/path") },
        { "ServiceUrl must be", options => options.S3.ServiceUrl = new("example", UriKind.Relative) },
        { "belong together", options => options.S3.SecretKey = "" },
        { "belong together", options => options.S3.AccessKey = "" },
        { "CacheFolder must", options => options.S3.CacheFolder = "" },
        { "CacheBytes must", options => options.S3.CacheBytes = -1 },
        { "PartBytes must", options => options.S3.PartBytes = 5 * 1024 * 1024 - 1 },
        { "RequestTimeout more than 0", options => options.S3.RequestTimeout = TimeSpan.Zero },
        { "Retries from", options => options.S3.Retries = 11 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_OneSettingWrong_SaysWhich(string expected, Action<MediaStoreOptions> spoil)
    {
        var options = Right();
        spoil(options);

        var failure = Assert.Single(new MediaStoreOptionsValidator().Validate(null, options).Failures!);

        Assert.StartsWith("LipSync:Media:", failure, StringComparison.Ordinal);
        Assert.Contains(expected, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Folder")]
    [InlineData("folder")]
    [InlineData("S3")]
    [InlineData("s3")]
    public void Validate_AllRight_IsRight(string store)
    {
        var options = Right();
        options.Store = store;

        Assert.True(new MediaStoreOptionsValidator().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Validate_OtherStoresSettings_AreNotLookedAt()
    {
        Assert.True(new MediaStoreOptionsValidator().Validate(null, new() { S3 = new() { Bucket = "" } }).Succeeded);
    }

    private static MediaStoreOptions Right() => new()
    {
        Store = "S3",
        S3 = new S3Options { Bucket = "lipsync", AccessKey = "key", SecretKey = "secret", ServiceUrl = new("https://s3.example.com:9000") },
    };
}
