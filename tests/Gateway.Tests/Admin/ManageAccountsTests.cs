using System.Net;
using LipSync.Accounts;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Admin;

[Collection(GatewayCollection.Name)]
public sealed class ManageAccountsTests(GatewayFixture gateway) : IAsyncLifetime
{
    private const string OperatorsKey = "an operator's key of 32 characters";
    private const string Path = "/api/v1/admin/accounts";

    private readonly string account = $"account_{Guid.NewGuid():N}";
    private Microsoft.AspNetCore.Builder.WebApplication? app;

    private HttpClient Client { get; } = new();

    public async Task InitializeAsync()
    {
        app = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:Admin:Key", OperatorsKey));
        Client.BaseAddress = new Uri(app.Urls.Single());
        Client.DefaultRequestHeaders.Add("X-Admin-Key", OperatorsKey);
        gateway.World.Opened[account] = new(account, World.Pro with { Plan = Plan.Free }, 100, 10);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app!.DisposeAsync();
    }

    [Fact]
    public async Task List_PageAfterPage_HasEveryAccountOnce()
    {
        var seen = new List<string>();
        string? cursor = "";
        do
        {
            using var response = await Client.GetAsync($"{Path}?limit=7{cursor}");
            var data = (await response.Body()).GetProperty("data");
            seen.AddRange(data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("accountId").GetString()!));
            cursor = data.TryGetProperty("nextCursor", out var next) ? $"&cursor={next.GetString()}" : null;
        }
        while (cursor is not null);

        Assert.Contains(account, seen, StringComparer.Ordinal);
        Assert.Equal(gateway.World.Opened.Keys.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Show_AnAccount_SaysWhatItHas()
    {
        using var response = await Client.GetAsync($"{Path}/{account}");
        var data = (await response.Body()).GetProperty("data");
        Assert.Equal(("free", 100, 10), (data.GetProperty("plan").GetString(), data.GetProperty("credits").GetProperty("available").GetInt32(), data.GetProperty("credits").GetProperty("held").GetInt32()));
    }

    [Fact]
    public async Task Change_PlanAndSuspension_AnswersTheAccountAsItIsThen()
    {
        using var response = await Client.PatchAsync($"{Path}/{account}", Answers.Json("""{"plan":"starter","suspended":true}"""));
        var data = (await response.Body()).GetProperty("data");
        Assert.Equal(("starter", true), (data.GetProperty("plan").GetString(), data.GetProperty("suspended").GetBoolean()));
        Assert.Equal((Plan.Starter, true), (gateway.World.Opened[account].Limits.Plan, gateway.World.Opened[account].Suspended));

        using var lifted = await Client.PatchAsync($"{Path}/{account}", Answers.Json("""{"suspended":false}"""));
        Assert.Equal((Plan.Starter, false), (gateway.World.Opened[account].Limits.Plan, gateway.World.Opened[account].Suspended));
    }

    [Fact]
    public async Task Grant_TwiceUnderOneOperation_AddsOnce()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var response = await Grant("""{"credits":20,"operationId":"invoice-1"}""");
            Assert.Equal(120, (await response.Body()).GetProperty("data").GetProperty("credits").GetProperty("available").GetInt32());
        }

        using var other = await Grant("""{"credits":21,"operationId":"invoice-1"}""");
        await other.Refusal(409, "idempotency_conflict");
        Assert.Equal(120, gateway.World.Opened[account].Available);
    }

    [Fact]
    public async Task Grant_AnswerLostAndSentAgainWithItsKey_AddsOnce()
    {
        gateway.World.GrantUnheard[account] = true;
        var statuses = new List<HttpStatusCode>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/{account}/credits") { Content = Answers.Json("""{"credits":20}""") };
            request.Headers.Add("Idempotency-Key", account);
            using var response = await Client.SendAsync(request);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], statuses);
        Assert.Equal(120, gateway.World.Opened[account].Available);
    }

    [Fact]
    public async Task Grant_WithoutAnOperation_AddsEachTime()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var response = await Grant("""{"credits":20}""");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(140, gateway.World.Opened[account].Available);
    }

    [Theory]
    [InlineData("PATCH", "", "{}", "plan")]
    [InlineData("PATCH", "", """{"plan":"pro","more":1}""", "more")]
    [InlineData("PATCH", "", """{"suspended":"yes"}""", "suspended")]
    [InlineData("POST", "/credits", "{}", "credits")]
    [InlineData("POST", "/credits", """{"credits":0}""", "credits")]
    [InlineData("POST", "/credits", """{"credits":1.5}""", "credits")]
    [InlineData("POST", "/credits", """{"credits":1,"operationId":""}""", "operationId")]
    [InlineData("POST", "/credits", """{"credits":1,"more":1}""", "more")]
    public async Task Request_BadField_IsNamedAndChangesNothing(string method, string path, string body, string field)
    {
        var before = gateway.World.Opened[account];
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Path}/{account}{path}") { Content = Answers.Json(body) };
        using var response = await Client.SendAsync(request);
        Assert.Equal([field], (await response.Refusal(400, "invalid_request")).GetProperty("errors").Members());
        Assert.Equal(before, gateway.World.Opened[account]);
    }

    [Theory]
    [InlineData("GET", "", null)]
    [InlineData("PATCH", "", """{"plan":"pro"}""")]
    [InlineData("POST", "/credits", """{"credits":1}""")]
    public async Task Request_OfAnUnknownAccount_IsNotFound(string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Path}/unknown{path}") { Content = body is null ? null : Answers.Json(body) };
        using var response = await Client.SendAsync(request);
        await response.Refusal(404, "not_found");
    }

    [Theory]
    [InlineData("GET", Path)]
    [InlineData("GET", "/api/v1/admin/queues")]
    [InlineData("GET", Path + "/dev")]
    [InlineData("PATCH", Path + "/dev")]
    [InlineData("POST", Path + "/dev/credits")]
    public async Task Request_WithACustomersKey_IsForbidden(string method, string path)
    {
        using var customer = gateway.NewClient(out _);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await customer.SendAsync(request);
        await response.Refusal(403, "forbidden");
    }

    [Fact]
    public async Task Queues_OfTheCluster_SayWhatWaits()
    {
        gateway.World.Queues = [new("cpu", 0, 3, 2, TimeSpan.FromSeconds(1.26)), new("gpu", 1, 0, 1, TimeSpan.Zero)];
        using var response = await Client.GetAsync("/api/v1/admin/queues");
        Assert.Equal(
            """[{"pool":"cpu","shard":0,"waiting":3,"leased":2,"oldestWait":1.3},{"pool":"gpu","shard":1,"waiting":0,"leased":1,"oldestWait":0}]""",
            (await response.Body()).GetProperty("data").GetProperty("queues").GetRawText());
    }

    private Task<HttpResponseMessage> Grant(string body) => Client.PostAsync($"{Path}/{account}/credits", Answers.Json(body));
}
