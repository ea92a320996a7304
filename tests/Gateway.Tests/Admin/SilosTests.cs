using System.Net;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Slots;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Admin;

[Collection(GatewayCollection.Name)]
public sealed class SilosTests(GatewayFixture gateway)
{
    private const string Path = "/api/v1/admin/silos";

    private static readonly DateTimeOffset Since = new(2026, 5, 1, 11, 0, 0, TimeSpan.Zero);

    private readonly string worker = $"gpu-{Guid.NewGuid():N}";

    [Fact]
    public async Task List_SiloAnswers_ShowsItWithItsSlots()
    {
        gateway.World.Members = [new(worker, "127.0.0.1:11111@1", Draining: false)];
        gateway.World.Describe = worker => Task.FromResult(new WorkerView(worker, "Gpu", "-", Since, "1.2.3", 4, [], Draining: true));
        gateway.World.Slots =
        [
            Slot(worker, "cpu-0", SlotState.Busy, new WorkItemId("job_1", Stage.Render, 7)),
            Slot(worker, "cpu-1", SlotState.Draining, item: null),
            Slot("another", "cpu-0", SlotState.Ready, item: null),
        ];
        using var client = Client();

        using var response = await client.GetAsync(Path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var silo = (await response.Body()).GetProperty("data").GetProperty("silos").EnumerateArray().Single();
        Assert.Equal("worker role address version started draining processors unreachable slots", string.Join(' ', silo.Members()));
        Assert.Equal((worker, "Gpu", "1.2.3"), (silo.GetProperty("worker").GetString(), silo.GetProperty("role").GetString(), silo.GetProperty("version").GetString()));
        Assert.Equal(4, silo.GetProperty("processors").GetInt32());
        Assert.True(silo.GetProperty("draining").GetBoolean());
        Assert.False(silo.GetProperty("unreachable").GetBoolean());
        Assert.Equal(
            $$"""{"slot":"{{worker}}/cpu-0","pool":"gpu","device":"cpu-0","state":"busy","since":"2026-05-01T11:00:00.000Z","model":"built-in","itemsDone":12,"framesPerSecond":34.6,"item":"job_1/Render/7"}""",
            silo.GetProperty("slots")[0].GetRawText());
        Assert.Equal(2, silo.GetProperty("slots").GetArrayLength());
        Assert.False(silo.GetProperty("slots")[1].TryGetProperty("item", out _));
    }

    [Fact]
    public async Task List_SiloIsSilent_IsListedAsUnreachableAfterTwoSeconds()
    {
        var (asked, silence) = (new TaskCompletionSource(), new TaskCompletionSource<WorkerView>());
        gateway.World.Members = [new(worker, "127.0.0.1:11111@1", Draining: true)];
        gateway.World.Describe = _ =>
        {
            asked.TrySetResult();
            return silence.Task;
        };
        using var client = Client();
        var start = gateway.Time.GetUtcNow();

        var listing = client.GetAsync(Path);
        await asked.Task;
        while (!listing.IsCompleted)
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Yield();
        }

        silence.SetCanceled(); // or the next test's call would wait behind this one
        using var response = await listing;
        var silo = (await response.Body()).GetProperty("data").GetProperty("silos").EnumerateArray().Single();
        Assert.Equal("worker address draining unreachable", string.Join(' ', silo.Members().Take(4)));
        Assert.True(silo.GetProperty("unreachable").GetBoolean());
        Assert.True(silo.GetProperty("draining").GetBoolean());
        Assert.True(gateway.Time.GetUtcNow() - start >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task List_SiloFails_IsListedAsUnreachable()
    {
        gateway.World.Members = [new("another", "127.0.0.1:11111@1", Draining: false), new(worker, "127.0.0.1:11112@1", Draining: false)];
        gateway.World.Describe = asked => asked == worker
            ? Task.FromException<WorkerView>(new InvalidOperationException("Just gone."))
            : Task.FromResult(new WorkerView(asked, "Control", "-", Since, "1.2.3", 4, [], Draining: false));
        using var client = Client();

        using var response = await client.GetAsync(Path);

        var silos = (await response.Body()).GetProperty("data").GetProperty("silos");
        Assert.Equal([false, true], silos.EnumerateArray().Select(silo => silo.GetProperty("unreachable").GetBoolean()));
    }

    [Fact]
    public async Task Drain_OfASilo_TellsItsProcess()
    {
        gateway.World.Members = [new(worker, "127.0.0.1:11111@1", Draining: false)];
        using var client = Client();

        using var response = await client.PostAsync($"{Path}/{worker}/drain", content: null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(worker, (await response.Body()).GetProperty("data").GetProperty("worker").GetString());
        Assert.Contains(worker, gateway.World.Drained);
    }

    [Fact]
    public async Task Drain_OfASiloThatIsLeaving_LeavesItAlone()
    {
        gateway.World.Members = [new(worker, "127.0.0.1:11111@1", Draining: true)];
        using var client = Client();

        using var response = await client.PostAsync($"{Path}/{worker}/drain", content: null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.DoesNotContain(worker, gateway.World.Drained);
    }

    [Fact]
    public async Task Drain_OfAnUnknownSilo_IsNotFound()
    {
        using var client = Client();

        using var response = await client.PostAsync($"{Path}/nobody/drain", content: null);

        await response.Refusal(404, "not_found");
        Assert.DoesNotContain("nobody", gateway.World.Drained);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/nobody/drain")]
    public async Task Silos_WithoutAnAdminKey_AreForbidden(string method, string path)
    {
        using var client = gateway.NewClient(out _);
        using var request = new HttpRequestMessage(new HttpMethod(method), Path + path);

        using var response = await client.SendAsync(request);

        await response.Refusal(403, "forbidden");
    }

    private static SlotReport Slot(string worker, string device, SlotState state, WorkItemId? item) =>
        new($"{worker}/{device}", worker, device, Pools.Gpu, state, Since, "built-in", 12, 34.5678, item);

    private HttpClient Client()
    {
        var client = gateway.NewAnonymousClient();
        client.DefaultRequestHeaders.Add("X-Admin-Key", gateway.World.NewAccount(ApiKeyScope.Admin).Key);
        return client;
    }
}
