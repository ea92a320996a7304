using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Uploads;

/// <summary>Files that are put to a signed link.</summary>
[Collection(GatewayCollection.Name)]
public sealed class PresignedUploadTests(GatewayFixture gateway)
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("a small video");

    [Theory]
    [InlineData(null, "")]
    [InlineData("{}", "")]
    [InlineData("""{"contentType":"video/mp4","size":13}""", ".mp4")]
    public async Task Presign_ThenPutWithoutAKey_LinkOpensTheSameBytesAndGenerateTakesIt(string? body, string extension)
    {
        using var client = gateway.NewClient(out _);
        using var anybody = gateway.NewAnonymousClient();

        var place = await Presign(client, body);
        using var put = await Put(anybody, place.GetProperty("uploadUrl").GetString()!);

        Assert.Equal("url expiresAt uploadUrl method maxBytes", string.Join(' ', place.Members()));
        Assert.Equal(("PUT", 1000), (place.GetProperty("method").GetString(), place.GetProperty("maxBytes").GetInt64()));
        Assert.Equal(gateway.Time.GetUtcNow().AddHours(24), place.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var url = place.GetProperty("url").GetString()!;
        Assert.Equal(extension, Path.GetExtension(new Uri(url).AbsolutePath));
        Assert.Equal(Content, await anybody.GetByteArrayAsync(url));
        using var accepted = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(JsonSerializer.Serialize(new { audioUrl = url, videoUrl = url })));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }

    [Theory]
    [InlineData("""{"size":1001}""", 413, "body_too_large")]
    [InlineData("""{"size":0}""", 400, "invalid_request")]
    [InlineData("""{"size":"1"}""", 400, "invalid_request")]
    [InlineData("""{"contentType":"video"}""", 400, "invalid_request")]
    [InlineData("""{"name":"a.mp4"}""", 400, "invalid_request")]
    public async Task Presign_WhatCanNotBeTaken_IsRefusedAtOnce(string body, int status, string code)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync("/api/v1/uploads?presign=true", Answers.Json(body));

        await response.Refusal(status, code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Put_LargerThanThePlanAllows_IsRefusedAndLeavesNothing(bool chunked)
    {
        using var client = gateway.NewClient(out _);
        var place = await Presign(client, body: null);
        var before = Uploads();
        client.DefaultRequestHeaders.TransferEncodingChunked = chunked;

        using var response = await client.PutAsync(place.GetProperty("uploadUrl").GetString(), new ByteArrayContent(new byte[1001]));

        await response.Refusal(413, "body_too_large");
        Assert.Equal(before, Uploads());
    }

    [Fact]
    public async Task Put_NoBytes_IsRefusedAndLeavesNothing()
    {
        using var client = gateway.NewClient(out _);
        var place = await Presign(client, body: null);
        var before = Uploads();

        using var response = await client.PutAsync(place.GetProperty("uploadUrl").GetString(), new ByteArrayContent([]));

        await response.Refusal(400, "invalid_request");
        Assert.Equal(before, Uploads());
    }

    [Theory]
    [InlineData("max=1000", "max=1001")]
    [InlineData("max=1000", "max=0")]
    [InlineData("&max=1000", "")]
    [InlineData("expires=", "expires=1")]
    [InlineData("signature=", "signature=A")]
    [InlineData("/uploads/", "/uploads/0")]
    public async Task Put_LinkThatWasChanged_IsForbidden(string part, string changed)
    {
        using var client = gateway.NewClient(out _);
        var place = await Presign(client, body: null);

        using var response = await Put(client, place.GetProperty("uploadUrl").GetString()!.Replace(part, changed, StringComparison.Ordinal));

        await response.Refusal(403, "forbidden");
    }

    [Fact]
    public async Task Links_ToReadAndToPut_AreNotEachOther()
    {
        using var client = gateway.NewClient(out _);
        var place = await Presign(client, body: null);
        var (read, write) = (place.GetProperty("url").GetString()!, place.GetProperty("uploadUrl").GetString()!);

        using var put = await Put(client, read);
        using var putWithSize = await Put(client, read + "&max=1000");
        using var got = await client.GetAsync(write);
        using var generated = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(JsonSerializer.Serialize(new { audioUrl = write, videoUrl = read })));

        await put.Refusal(403, "forbidden");
        await putWithSize.Refusal(403, "forbidden");
        await got.Refusal(403, "forbidden");
        await generated.Refusal(400, "invalid_request");
    }

    [Fact]
    public async Task Presign_AgainWithTheSameKey_AnswersTheSamePlace()
    {
        using var client = gateway.NewClient(out _);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "k");

        var first = await Presign(client, """{"size":5}""");
        var again = await Presign(client, """{"size":5}""");
        using var other = await client.PostAsync("/api/v1/uploads?presign=true", Answers.Json("""{"size":6}"""));

        Assert.Equal(first.GetRawText(), again.GetRawText());
        await other.Refusal(409, "idempotency_conflict");
    }

    private static async Task<JsonElement> Presign(HttpClient client, string? body)
    {
        using var response = await client.PostAsync("/api/v1/uploads?presign=true", body is null ? null : Answers.Json(body));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Body()).GetProperty("data");
    }

    private static async Task<HttpResponseMessage> Put(HttpClient client, string url)
    {
        using var content = new ByteArrayContent(Content);
        content.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
        return await client.PutAsync(url, content);
    }

    private HashSet<string> Uploads() => gateway.StoredFiles
        .Where(file => !file.StartsWith("health", StringComparison.Ordinal))
        .ToHashSet(StringComparer.Ordinal);
}
