using System.Net;
using System.Net.Http.Headers;
using LipSync.Gateway.Media;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Media;

[Collection(GatewayCollection.Name)]
public sealed class MediaTests(GatewayFixture gateway)
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    [Fact]
    public async Task Open_SignedLink_ServesTheWholeVideo()
    {
        using var response = await Send(HttpMethod.Get, await Stored("jobs/job_7/639000000000000000/output.mp4"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Content, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("video/mp4", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("inline; filename=job_7.mp4", response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("bytes", response.Headers.AcceptRanges.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Open_Head_TellsTheSizeWithoutTheContent()
    {
        using var response = await Send(HttpMethod.Head, await Stored("jobs/job_8/output.mp4"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1000, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(0L, 0L, 0, 1)]
    [InlineData(10L, 19L, 10, 10)]
    [InlineData(990L, null, 990, 10)]
    [InlineData(null, 10L, 990, 10)]
    [InlineData(500L, 5000L, 500, 500)]
    public async Task Open_Range_ServesThatPart(long? from, long? to, int first, int count)
    {
        using var response = await Send(HttpMethod.Get, await Stored("jobs/job_9/output.mp4"), new RangeHeaderValue(from, to));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(Content[first..(first + count)], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal($"bytes {first}-{first + count - 1}/1000", response.Content.Headers.ContentRange?.ToString());
    }

    [Fact]
    public async Task Open_RangeBeyondTheEnd_IsNotSatisfiable()
    {
        using var response = await Send(HttpMethod.Get, await Stored("jobs/job_9/output.mp4"), new RangeHeaderValue(1000, null));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("bytes */1000", response.Content.Headers.ContentRange?.ToString());
    }

    [Fact]
    public async Task Open_UploadedPage_IsOnlyDownloadedAndSandboxed()
    {
        using var response = await Send(HttpMethod.Get, await Stored("uploads/page.html"));

        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("attachment", response.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?expires=99999999999")]
    [InlineData("?signature=AAAA")]
    [InlineData("?expires=soon&signature=AAAA")]
    [InlineData("?expires=-1&signature=AAAA")]
    [InlineData("?expires=99999999999999999999999&signature=AAAA")]
    [InlineData("?expires=99999999999&signature=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Open_BadSignature_IsForbidden(string query)
    {
        using var response = await Send(HttpMethod.Get, "/api/v1/media/jobs/job_9/output.mp4" + query);

        await response.Refusal(403, "forbidden");
    }

    [Theory]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("jobs/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("%00")]
    [InlineData(".unfinished/x")]
    public async Task Open_TraversingKey_IsForbiddenEvenIfSigned(string key)
    {
        using var response = await Send(HttpMethod.Get, Link(key));

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task Open_NoKey_IsNotFound()
    {
        using var response = await Send(HttpMethod.Get, "/api/v1/media/");

        await response.Refusal(404, "not_found");
    }

    [Fact]
    public async Task Open_DeletedArtifact_IsExpired()
    {
        using var response = await Send(HttpMethod.Get, Link("jobs/job_10/output.mp4"));

        await response.Refusal(410, "output_expired");
    }

    [Fact]
    public async Task Open_Post_IsNotAllowed()
    {
        using var response = await Send(HttpMethod.Post, Link("jobs/job_10/output.mp4"));

        await response.Refusal(405, "method_not_allowed");
    }

    private async Task<string> Stored(string key)
    {
        using var content = new MemoryStream(Content);
        await gateway.Store.Put(key, content, Content.Length, CancellationToken.None);
        return Link(key);
    }

    private string Link(string key)
    {
        var expires = gateway.Time.GetUtcNow().ToUnixTimeSeconds() + 60;
        return $"/api/v1/media/{key}?expires={expires}&signature={LinkSignature.Compute(gateway.World.LinkSecret, key, expires)}";
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string url, RangeHeaderValue? range = null)
    {
        using var client = gateway.NewAnonymousClient();
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Range = range;
        return await client.SendAsync(request);
    }
}
