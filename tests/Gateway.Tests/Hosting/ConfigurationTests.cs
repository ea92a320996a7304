using System.Text.Json;
using LipSync.Jobs;
using Microsoft.Extensions.Options;

namespace LipSync.Tests.Hosting;

/// <summary>How the gateway is seen from outside.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ConfigurationTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData(null, null, "http://internal:5000/api/")]
    [InlineData("https://lipsync.example.com", null, "https://lipsync.example.com/api/")]
    [InlineData("https://example.com/speak/", null, "https://example.com/speak/api/")]
    [InlineData(null, "127.0.0.0/8", "https://public.example.com/api/")]
    [InlineData(null, "10.0.0.0/8", "http://internal:5000/api/")]
    public async Task OutputUrl_BehindAProxy_FollowsTheConfigurationOnly(string? publicUrl, string? trustedProxy, string expected)
    {
        List<(string, string)> settings = [];
        if (publicUrl is not null)
        {
            settings.Add(("LipSync:PublicUrl", publicUrl));
        }

        if (trustedProxy is not null)
        {
            settings.Add(("LipSync:TrustedProxies:0", trustedProxy));
        }

        var folder = gateway.NewFolder();
        await using var app = await gateway.StartGateway(folder, [.. settings]);
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => new JobView
        {
            JobId = id, InputType = InputType.Image, Status = JobStatus.Completed, Progress = 100, OutputKey = "jobs/x.mp4",
            CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(app.Urls.Single()), $"/api/v1/lipsync/status/{id}"));
        request.Headers.Host = "internal:5000";
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "public.example.com");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");

        using var response = await client.SendAsync(request);

        var url = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data").GetProperty("outputUrl").GetString();
        Assert.StartsWith(expected, url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Location_UnderAPublicPath_StartsWithIt()
    {
        await using var app = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:PublicUrl", "https://example.com/speak/"));
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync(
            new Uri(new Uri(app.Urls.Single()), "/api/v1/lipsync/generate"),
            Answers.Json("""{"audioUrl":"https://example.com/a.mp3","videoUrl":"https://example.com/a.mp4"}"""));

        Assert.StartsWith("/speak/api/v1/lipsync/status/job_", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LipSync:PublicUrl", "ftp://example.com")]
    [InlineData("LipSync:PublicUrl", "https://example.com/?a=b")]
    [InlineData("LipSync:TrustedProxies:0", "everybody")]
    [InlineData("LipSync:Media:Folder", " ")]
    public async Task Start_BadSetting_Fails(string key, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => gateway.StartGateway("unused", (key, value)));
}
