using System.Security.Cryptography;
using System.Text;
using LipSync.Jobs;
using LipSync.Media;
using LipSync.Storage;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace LipSync.Tests.Media;

public sealed class SourceFetcherTests : IDisposable
{
    private readonly MemoryMedia store = new(TimeProvider.System);
    private readonly string path = Path.GetTempFileName();
    private readonly byte[] content = Encoding.UTF8.GetBytes(new string('x', 300_000));

    [Fact]
    public async Task Fetch_AllowedHost_WritesTheBytesAndTheirHashIsKnown()
    {
        await using var server = new SourceServer((_, _) => Answer.Ok(content));
        using var fetched = await Fetch(server, "/video.mp4");
        Assert.Equal(path, fetched.Path);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), await ContentHash.Of(fetched.Path, CancellationToken.None));
        Assert.Equal(content, await File.ReadAllBytesAsync(path));
        Assert.DoesNotContain(server.Headers, header => header is "X-Forwarded-For" or "Cookie");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Fetch_ErrorStatus_FailsNamingInputAndStatus(int status)
    {
        await using var server = new SourceServer((_, _) => Answer.Status(status));
        var refused = await Assert.ThrowsAsync<MediaRefusedException>(() => Fetch(server, "/"));
        Assert.Equal("fetch_failed", refused.Code);
        Assert.Contains("videoUrl", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{status}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_LargerThanAllowed_IsRefusedWithOrWithoutALength()
    {
        await using var server = new SourceServer((target, _) => target == "/chunked" ? Answer.Unsized(content) : Answer.Ok(content));
        foreach (var target in new[] { "/sized", "/chunked" })
        {
            var refused = await Assert.ThrowsAsync<MediaRefusedException>(() => Fetch(server, target, maxBytes: 299_999));
            Assert.Equal("fetch_too_large", refused.Code);
        }
    }

    [Fact]
    public async Task Fetch_ThreeRedirects_AreFollowedAndFourAreNot()
    {
        await using var server = new SourceServer((target, _) => (target[1] - (int)'0') is var left and > 0
            ? Answer.Redirect($"/{left - 1}")
            : Answer.Ok(content));
        await Fetch(server, "/3");
        var refused = await Assert.ThrowsAsync<MediaRefusedException>(() => Fetch(server, "/4"));
        Assert.Equal("fetch_failed", refused.Code);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("//:80")]
    [InlineData("//host:99999/")]
    [InlineData("https://xn--\u00fc.com/")]
    public async Task Fetch_RedirectToNoAddress_Fails(string location)
    {
        await using var server = new SourceServer((_, _) => Answer.Redirect(location));
        Assert.Equal("fetch_failed", (await Assert.ThrowsAsync<MediaRefusedException>(() => Fetch(server, "/"))).Code);
    }

    [Fact]
    public async Task Fetch_RedirectToAnotherPrivatePort_IsForbiddenAndNeverAsked()
    {
        await using var hidden = new SourceServer((_, _) => Answer.Ok(content));
        await using var server = new SourceServer((_, _) => Answer.Redirect($"http://{hidden.Host}/secret"));
        var refused = await Assert.ThrowsAsync<MediaRefusedException>(() => Fetch(server, "/"));
        Assert.Equal("fetch_forbidden_address", refused.Code);
        Assert.Equal(0, hidden.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::127.0.0.1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[64:ff9b::7f00:1]:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://0:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://user:pass@127.0.0.1:{0}/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://100.64.0.1/")]
    public async Task Fetch_PrivateAddressInAnyNotation_IsForbiddenWithOneAndTheSameSentence(string url)
    {
        await using var server = new SourceServer((_, _) => Answer.Ok(content));
        var refused = await Assert.ThrowsAsync<MediaRefusedException>(() => Fetch(url.Replace("{0}", $"{server.Port}", StringComparison.Ordinal), allowed: null));
        Assert.Equal("fetch_forbidden_address", refused.Code);
        Assert.Equal("videoUrl: this address may not be fetched from. Use a public http or https URL, or upload the file.", refused.Message);
        Assert.Equal(0, server.Requests);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/a.mp4")]
    [InlineData("not a url")]
    [InlineData("https://xn--\u00fc.com/a")]
    public async Task Fetch_NoUrlOfHttp_Fails(string url) =>
        Assert.Equal("fetch_failed", (await Assert.ThrowsAsync<MediaRefusedException>(() => Fetch(url, allowed: null))).Code);

    [Fact]
    public async Task Fetch_MissingUpload_FailsNamingTheInput()
    {
        var refused = await Assert.ThrowsAsync<MediaRefusedException>(() => FetchUpload(maxBytes: 1_000_000));
        Assert.Equal("fetch_failed", refused.Code);
        Assert.StartsWith("audioUrl", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_Upload_IsReadWhereItLiesAndLeftThere()
    {
        store.Add("uploads/speech", content);
        using (var upload = await FetchUpload(content.Length))
        {
            Assert.NotEqual(path, upload.Path);
            Assert.Equal(content, await File.ReadAllBytesAsync(upload.Path));
        }

        Assert.Contains("uploads/speech", store.Keys);
    }

    [Fact]
    public async Task Fetch_UploadLargerThanAllowed_IsRefused()
    {
        store.Add("uploads/speech", content);
        Assert.Equal("fetch_too_large", (await Assert.ThrowsAsync<MediaRefusedException>(() => FetchUpload(content.Length - 1))).Code);
    }

    public void Dispose() => File.Delete(path);

    private Task<LocalMedia> Fetch(SourceServer server, string target, long maxBytes = 1_000_000) =>
        Fetch($"http://{server.Host}{target}", server.Host, maxBytes);

    private async Task<LocalMedia> Fetch(string url, string? allowed, long maxBytes = 1_000_000)
    {
        var options = new FetchOptions();
        if (allowed is not null)
        {
            options.AllowedPrivateHosts.Add(allowed);
        }

        using var clients = new FetchClients(Options.Create(options));
        return await Fetcher(clients, options).Fetch("videoUrl", new MediaSource(url, UploadKey: null), maxBytes, path, CancellationToken.None);
    }

    private async Task<LocalMedia> FetchUpload(long maxBytes)
    {
        using var clients = new FetchClients(Options.Create(new FetchOptions()));
        return await Fetcher(clients, new()).Fetch("audioUrl", new(Url: null, "uploads/speech"), maxBytes, path, CancellationToken.None);
    }

    private SourceFetcher Fetcher(FetchClients clients, FetchOptions options) => new(clients, store, Options.Create(options), TimeProvider.System);
}
