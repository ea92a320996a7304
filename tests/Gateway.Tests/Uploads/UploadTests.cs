using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Uploads;

[Collection(GatewayCollection.Name)]
public sealed class UploadTests(GatewayFixture gateway)
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    [Theory]
    [InlineData("clip.MP4", null, ".mp4", "video/mp4")]
    [InlineData("speech", "audio/wav", ".wav", "audio/wav")]
    [InlineData("page.html", "text/html", "", "application/octet-stream")]
    [InlineData("../../evil.png", "image/png", ".png", "image/png")]
    [InlineData("evil.svg", "image/svg+xml", "", "application/octet-stream")]
    public async Task Upload_Form_AnswersALinkToTheSameBytes(string name, string? type, string extension, string servedAs)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync("/api/v1/uploads", Form(Content, name, type));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var body = await response.Body();
        var data = body.GetProperty("data");
        Assert.Equal("success data", string.Join(' ', body.Members()));
        Assert.Equal("url expiresAt size", string.Join(' ', data.Members()));
        Assert.Equal(1000, data.GetProperty("size").GetInt64());
        Assert.Equal(gateway.Time.GetUtcNow().AddHours(24), data.GetProperty("expiresAt").GetDateTimeOffset());
        var url = new Uri(data.GetProperty("url").GetString()!);
        Assert.StartsWith("/api/v1/media/uploads/", url.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(extension, Path.GetExtension(url.AbsolutePath));
        using var opened = await gateway.NewAnonymousClient().GetAsync(url);
        Assert.Equal(Content, await opened.Content.ReadAsByteArrayAsync());
        Assert.Equal(servedAs, opened.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Upload_RawBody_AnswersALinkToTheSameBytes()
    {
        using var client = gateway.NewClient(out _);
        using var content = new ByteArrayContent(Content);
        content.Headers.ContentType = new MediaTypeHeaderValue("video/webm");

        using var response = await client.PostAsync("/api/v1/uploads", content);

        var url = (await response.Body()).GetProperty("data").GetProperty("url").GetString()!;
        Assert.Contains(".webm?", url, StringComparison.Ordinal);
        Assert.Equal(Content, await client.GetByteArrayAsync(url));
    }

    [Fact]
    public async Task Upload_OtherFieldsBeforeTheFile_AreIgnored()
    {
        using var client = gateway.NewClient(out _);
        using var form = new MultipartFormDataContent { { new StringContent("hello"), "comment" }, { new ByteArrayContent(Content), "\"file\"", "a.mp3" } };

        using var response = await client.PostAsync("/api/v1/uploads", form);

        Assert.Equal(1000, (await response.Body()).GetProperty("data").GetProperty("size").GetInt64());
    }

    [Theory]
    [InlineData(1001, false)]
    [InlineData(1001, true)]
    [InlineData(500_000, false)]
    [InlineData(500_000, true)]
    public async Task Upload_LargerThanThePlanAllows_IsRefusedAndLeavesNothing(int size, bool chunked)
    {
        using var client = gateway.NewClient(out _);
        client.DefaultRequestHeaders.TransferEncodingChunked = chunked;
        var before = StoredUploads();

        using var response = await client.PostAsync("/api/v1/uploads", Form(new byte[size], "a.mp4", null));

        await response.Refusal(413, "body_too_large");
        Assert.Equal(before, StoredUploads());
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\ncontent without an end")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\n\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"video\"; filename=\"a.mp4\"\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("--b\r\nno colon here\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("--b--\r\n")]
    [InlineData("--other\r\n")]
    [InlineData("")]
    public async Task Upload_MalformedForm_IsInvalidAndLeavesNothing(string form)
    {
        using var client = gateway.NewClient(out _);
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(form));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        var before = StoredUploads();

        using var response = await client.PostAsync("/api/v1/uploads", content);

        await response.Refusal(400, "invalid_request");
        Assert.Equal(before, StoredUploads());
    }

    [Fact]
    public async Task Upload_PartWithHugeHeaders_IsInvalid()
    {
        using var client = gateway.NewClient(out _);
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"--b\r\nX-A: {new string('a', 40_000)}\r\n\r\nx\r\n--b--\r\n"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        using var response = await client.PostAsync("/api/v1/uploads", content);

        await response.Refusal(400, "invalid_request");
    }

    [Fact]
    public async Task Upload_FormWithoutBoundary_IsInvalid()
    {
        using var client = gateway.NewClient(out _);
        using var content = new ByteArrayContent(Content);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data");

        using var response = await client.PostAsync("/api/v1/uploads", content);

        await response.Refusal(400, "invalid_request");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/html")]
    [InlineData(null)]
    public async Task Upload_NotAMediaType_IsUnsupported(string? type)
    {
        using var client = gateway.NewClient(out _);
        using var content = new ByteArrayContent(Content);
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);

        using var response = await client.PostAsync("/api/v1/uploads", content);

        await response.Refusal(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Upload_LinkGivenToGenerate_IsAccepted()
    {
        using var client = gateway.NewClient(out _);
        using var upload = await client.PostAsync("/api/v1/uploads", Form(Content, "a.mp4", null));
        var url = (await upload.Body()).GetProperty("data").GetProperty("url").GetString();

        using var response = await client.PostAsync(
            "/api/v1/lipsync/generate", Answers.Json(JsonSerializer.Serialize(new { audioUrl = url, videoUrl = url })));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static MultipartFormDataContent Form(byte[] content, string name, string? type)
    {
        var part = new ByteArrayContent(content);
        part.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        return new MultipartFormDataContent { { part, "file", name } };
    }

    private HashSet<string> StoredUploads() => gateway.StoredFiles
        .Where(file => !file.StartsWith("health", StringComparison.Ordinal))
        .ToHashSet(StringComparer.Ordinal);
}
