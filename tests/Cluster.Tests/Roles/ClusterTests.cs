using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LipSync.Tests.Processes;
using LipSync.Tests.Service;

namespace LipSync.Tests.Roles;

/// <summary>Several processes are one service.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private static readonly ClusterShape Nobody = new() { Gateways = 0, Controls = 0, Gpus = 0, FrameMilliseconds = null };

    private LocalCluster? cluster;

    private LocalCluster Cluster => cluster!;

    public async Task InitializeAsync() => cluster = await LocalCluster.Start(Nobody);

    public Task DisposeAsync() => Cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Job_ThroughOneGateway_IsDoneByBothSilosAndSeenThroughTheOther()
    {
        using var media = new TestMedia();
        await Cluster.StartNew("control");
        await Cluster.StartNew("gpu");
        var gateways = await Task.WhenAll(Cluster.StartNew("gateway"), Cluster.StartNew("gateway"));
        using var first = new ServiceClient(gateways[0].Url);
        using var second = new ServiceClient(gateways[1].Url);
        var key = await OpenAccount(first.Http);
        first.Authenticate(key);
        second.Authenticate(key);

        var job = await first.Submit(new { imageUrl = await first.Upload(media.Portrait), audioUrl = await second.Upload(media.Speech) });
        var ended = await second.UntilEnded(job);

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        var output = await first.Http.GetByteArrayAsync(ended.GetProperty("outputUrl").GetString());
        var file = Path.Combine(media.Folder, "output.mp4");
        await File.WriteAllBytesAsync(file, output);
        Assert.InRange(TestMedia.Seconds(file), TestMedia.Seconds(media.Speech) - 0.1, TestMedia.Seconds(media.Speech) + 0.1);
    }

    [Fact]
    public async Task Gpu_StartedWhileThereIsNoControl_WorksWhenOneIsThere()
    {
        var control = await Cluster.StartNew("control");
        await control.Terminate();

        var gpu = await Cluster.StartNew("gpu");
        await control.Start();
        var gateway = await Cluster.StartNew("gateway");

        using var media = new TestMedia();
        using var client = new ServiceClient(gateway.Url);
        client.Authenticate(await OpenAccount(client.Http));
        var job = await client.Submit(new { imageUrl = await client.Upload(media.Portrait), audioUrl = await client.Upload(media.Speech) });
        Assert.Equal("completed", (await client.UntilEnded(job)).GetProperty("status").GetString());
        Assert.False(gpu.HasExited);
    }

    [Fact]
    public async Task Database_Restarted_MakesEverybodyUnreadyAndReadyAgain()
    {
        var control = await Cluster.StartNew("control");
        var gateway = await Cluster.StartNew("gateway");
        using var http = new HttpClient();

        await Cluster.Postgres.Stop();

        foreach (var process in (ProgramProcess[])[control, gateway])
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Ready(http, process));
        }

        using var refused = await http.PostAsJsonAsync(new Uri(gateway.Url, "/api/v1/lipsync/generate"), new { });
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        http.DefaultRequestHeaders.Add("X-Admin-Key", Cluster.AdminKey);
        using var unavailable = await CreateAccount(http, gateway);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unavailable.StatusCode);
        Assert.NotNull(unavailable.Headers.RetryAfter);

        await Cluster.Postgres.Restart();

        await UntilReady(http, control);
        await UntilReady(http, gateway);
        using var created = await CreateAccount(http, gateway);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Fact]
    public async Task Database_Frozen_MakesEverybodyUnreadyWithinSeconds()
    {
        var control = await Cluster.StartNew("control");
        var gateway = await Cluster.StartNew("gateway");
        using var http = new HttpClient();

        await Cluster.Postgres.Freeze();

        var asked = Stopwatch.StartNew();
        Assert.All(await Task.WhenAll(Ready(http, control), Ready(http, gateway)), status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        Assert.InRange(asked.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await Cluster.Postgres.Thaw();
        await UntilReady(http, control);
        await UntilReady(http, gateway);
    }

    [Theory]
    [InlineData("control")]
    [InlineData("gpu")]
    [InlineData("gateway")]
    public async Task Terminate_OfAnyRole_SaysNotReadyFirstAndEndsCleanly(string role)
    {
        var control = await Cluster.StartNew("control");
        var process = role switch
        {
            "gpu" => await Cluster.StartNew("gpu"),
            "gateway" => await Cluster.StartNew("gateway"),
            _ => control,
        };
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, await Ready(http, process));

        // It still answers for a moment: a balancer is to see it go.
        await process.Signal("TERM");
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await Ready(http, process) == HttpStatusCode.OK)
        {
            await poll.WaitForNextTickAsync();
        }

        Assert.Equal(0, await process.Exited());
    }

    [Fact]
    public async Task Control_KilledAndStartedAgain_ServesTheGatewaysThatStayed()
    {
        var control = await Cluster.StartNew("control");
        var gateway = await Cluster.StartNew("gateway");
        using var http = new HttpClient();
        await control.Kill();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Ready(http, gateway));

        await control.Start();

        await UntilReady(http, gateway);
    }

    private async Task<string> OpenAccount(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/admin/accounts") { Content = JsonContent.Create(new { accountId = "acme", plan = "pro", credits = 1000 }) };
        request.Headers.Add("X-Admin-Key", Cluster.AdminKey);
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("key").GetString()!;
    }

    private static Task<HttpResponseMessage> CreateAccount(HttpClient http, ProgramProcess gateway) =>
        http.PostAsJsonAsync(new Uri(gateway.Url, "/api/v1/admin/accounts"), new { accountId = "acme", plan = "pro" });

    private static async Task<HttpStatusCode> Ready(HttpClient http, ProgramProcess process)
    {
        using var response = await http.GetAsync(new Uri(process.Url, "/health/ready"));
        return response.StatusCode;
    }

    private static async Task UntilReady(HttpClient http, ProgramProcess process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await Ready(http, process) != HttpStatusCode.OK)
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }
}
