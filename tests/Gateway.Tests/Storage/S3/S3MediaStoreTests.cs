using System.Net;
using System.Net.Http.Headers;
using LipSync.Storage;

namespace LipSync.Tests.Storage.S3;

/// <summary>What only an object store does.</summary>
[Collection(S3Collection.Name)]
public sealed class S3MediaStoreTests(S3Server server) : IAsyncLifetime
{
    private static readonly HttpClient Anybody = new();

    private readonly S3Backend backend = new(server);

    private IMediaStore Store => backend.Store;

    public Task InitializeAsync() => backend.InitializeAsync();

    public Task DisposeAsync() => backend.DisposeAsync();

    [Fact]
    public async Task PresignGet_Anybody_ReadsTheArtifactUnderItsNameAndType()
    {
        await backend.Put("jobs/job_1/output.mp4", StoreBackend.Content(1000));
        var url = await Store.PresignGet("jobs/job_1/output.mp4", TimeSpan.FromHours(1), "video/mp4", "inline; filename=job_1.mp4", CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(10, 19) } };

        using var response = await Anybody.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(StoreBackend.Content(1000)[10..20], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("video/mp4", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("inline; filename=job_1.mp4", response.Content.Headers.ContentDisposition?.ToString());
    }

    [Theory]
    [InlineData("output.mp4", "other.mp4")]
    [InlineData("X-Amz-Expires=", "X-Amz-Expires=9")]
    [InlineData("X-Amz-Signature=", "X-Amz-Signature=0")]
    public async Task PresignGet_Changed_IsRefused(string part, string changed)
    {
        await backend.Put("jobs/job_1/output.mp4", 1);
        await backend.Put("jobs/job_1/other.mp4", 2);
        var url = (await Store.PresignGet("jobs/job_1/output.mp4", TimeSpan.FromHours(1), "video/mp4", "inline", CancellationToken.None))!.AbsoluteUri;
        Assert.Contains(part, url, StringComparison.Ordinal);

        using var response = await Anybody.GetAsync(url.Replace(part, changed, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task PresignPut_Anybody_StoresAnArtifactThere()
    {
        var url = await Store.PresignPut("uploads/1.mp4", TimeSpan.FromMinutes(5), CancellationToken.None);

        using var response = await Anybody.PutAsync(url, new ByteArrayContent([1, 2, 3]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([1, 2, 3], await backend.Read("uploads/1.mp4"));
    }

    [Fact]
    public async Task Requests_Unsigned_AreRefusedByTheServer()
    {
        await backend.Put("a", 1);

        using var response = await Anybody.GetAsync(new Uri(server.Url, $"{backend.Bucket}/a"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task DeletePrefix_MoreThanAPage_RemovesAll()
    {
        const int TwoPages = 1001;
        Directory.CreateDirectory(Path.GetDirectoryName(backend.FileOf("jobs/1/0"))!);
        for (var number = 0; number < TwoPages; number++)
        {
            await File.WriteAllBytesAsync(backend.FileOf($"jobs/1/{number}"), []);
        }

        Assert.Equal(1000, (await backend.Everything()).Length); // one page

        await Store.DeletePrefix("jobs/1/", CancellationToken.None);

        Assert.Empty(await backend.Everything());
    }

    [Fact]
    public async Task Everything_ServerRestarted_IsStillThere()
    {
        await backend.Put("a", 1);

        await server.Stop();
        await server.Start();

        Assert.Equal([1], await backend.Read("a"));
    }
}
