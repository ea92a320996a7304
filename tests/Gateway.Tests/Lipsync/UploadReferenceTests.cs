using System.Net;
using LipSync.Gateway.Media;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Lipsync;

/// <summary>Links of uploads in a request.</summary>
[Collection(GatewayCollection.Name)]
public sealed class UploadReferenceTests(GatewayFixture gateway)
{
    private const string Key = "uploads/0123.mp4";

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("https://lipsync.example.com:8443")]
    [InlineData("https://example.com/speak")]
    public async Task Generate_LinkOfAnUpload_BecomesItsKeyWhateverTheAddress(string address)
    {
        using var response = await Generate(address + Link(Key, 60));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var jobId = (await response.Body()).GetProperty("data").GetProperty("jobId").GetString()!;
        Assert.Equal(new MediaSource(null, Key), gateway.World.Submitted[jobId].Visual);
    }

    [Fact]
    public async Task Generate_TamperedLink_NamesTheField()
    {
        using var response = await Generate("http://localhost" + Link(Key, 60).Replace("0123", "0124", StringComparison.Ordinal));

        var body = await response.Refusal(400, "invalid_request");
        Assert.Contains("signature", body.GetProperty("errors").GetProperty("videoUrl")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_ExpiredLink_NamesTheField()
    {
        using var response = await Generate("http://localhost" + Link(Key, 0));

        var body = await response.Refusal(400, "invalid_request");
        Assert.Contains("expired", body.GetProperty("errors").GetProperty("videoUrl")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_LinkOfAnOutput_IsFetchedAsAnyOther()
    {
        var url = "http://localhost" + Link("jobs/job_1/output.mp4", 60);

        using var response = await Generate(url);

        var jobId = (await response.Body()).GetProperty("data").GetProperty("jobId").GetString()!;
        Assert.Equal(new MediaSource(url, null), gateway.World.Submitted[jobId].Visual);
    }

    [Theory]
    [InlineData("http://localhost/api/v1/media/uploads/0123.mp4")]
    [InlineData("http://localhost/api/v1/media/uploads/0123.mp4?expires=99999999999&expires=1&signature=a&signature=b")]
    [InlineData("http://localhost/api/v1/media/uploads/../uploads/0123.mp4?expires=99999999999&signature=")]
    public async Task Generate_UnsignedLink_NamesTheField(string url)
    {
        using var response = await Generate(url);

        var body = await response.Refusal(400, "invalid_request");
        Assert.True(body.GetProperty("errors").TryGetProperty("videoUrl", out _));
    }

    private string Link(string key, int seconds)
    {
        var expires = gateway.Time.GetUtcNow().ToUnixTimeSeconds() + seconds;
        return $"/api/v1/media/{key}?expires={expires}&signature={LinkSignature.Compute(gateway.World.LinkSecret, key, expires)}";
    }

    private async Task<HttpResponseMessage> Generate(string videoUrl)
    {
        using var client = gateway.NewClient(out _);
        return await client.PostAsync(
            "/api/v1/lipsync/generate", Answers.Json($$"""{"audioUrl":"https://example.com/a.mp3","videoUrl":"{{videoUrl}}"}"""));
    }
}
