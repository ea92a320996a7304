using System.Net;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Health;

[Collection(GatewayCollection.Name)]
public sealed class HealthTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("/health/live", """{"status":"healthy","checks":{}}""")]
    [InlineData("/health/ready", """{"status":"healthy","checks":{"running":"healthy","cluster":"healthy","media":"healthy"}}""")]
    public async Task Health_EverythingWorks_IsHealthy(string path, string expected)
    {
        using var client = gateway.NewAnonymousClient();

        using var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Ready_MediaFolderUnusable_IsUnhealthyAndLiveStaysHealthy()
    {
        var folder = gateway.NewFolder();
        await using var app = await gateway.StartGateway(folder);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var before = await client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "in the folder's place");

        using var ready = await client.GetAsync("/health/ready");
        using var live = await client.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"status":"unhealthy","checks":{"running":"healthy","cluster":"healthy","media":"unhealthy"}}""", await ready.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }
}
