using System.Net;
using System.Text.Json;
using LipSync.Accounts;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Accounts;

[Collection(GatewayCollection.Name)]
public sealed class AccountTests(GatewayFixture gateway)
{
    private static readonly DateTimeOffset Now = new(2026, 4, 30, 23, 59, 59, TimeSpan.Zero);

    [Fact]
    public async Task Show_OfTheCaller_SaysPlanCreditsAndLimits()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Opened[account.Id] = new(
            account.Id, World.Pro with { ParallelJobs = 5, ArtifactLife = TimeSpan.FromDays(1) }, 90, 10, Suspended: false, Now, RunningJobs: 2, WaitingJobs: 1);

        var data = await Data(client, "/api/v1/account");

        Assert.Equal(
            $$"""{"accountId":"{{account.Id}}","plan":"pro","suspended":false,"credits":{"available":90,"held":10},"limits":{"requestsPerMinute":300,"parallelJobs":5,"longestJobSeconds":600,"largestUploadBytes":1000,"outputLifeSeconds":86400},"jobs":{"running":2,"waiting":1},"createdAt":"2026-04-30T23:59:59.000Z"}""",
            data.GetRawText());
    }

    [Fact]
    public async Task Ledger_PageAfterPage_ListsEveryEntryLatestFirst()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Entries[account.Id] = [.. Enumerable.Range(1, 5).Select(number => Entry(number, LedgerEntryKind.Reserve, Now))];

        var first = await Data(client, "/api/v1/account/ledger?limit=2");
        var second = await Data(client, $"/api/v1/account/ledger?limit=2&cursor={first.GetProperty("nextCursor").GetString()}");
        var third = await Data(client, $"/api/v1/account/ledger?limit=2&cursor={second.GetProperty("nextCursor").GetString()}");

        Assert.Equal([5, 4, 3, 2, 1], new[] { first, second, third }.SelectMany(Items).Select(item => item.GetProperty("sequence").GetInt32()));
        Assert.False(third.TryGetProperty("nextCursor", out _));
    }

    [Fact]
    public async Task Ledger_Entry_SaysWhatCausedIt()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Entries[account.Id] = [Entry(1, LedgerEntryKind.Grant, Now), Entry(2, LedgerEntryKind.Settle, Now)];

        var items = Items(await Data(client, "/api/v1/account/ledger")).ToList();

        Assert.Equal(
            """{"sequence":2,"kind":"settle","operationId":"operation-2","jobId":"operation-2","amount":3,"spent":2,"available":100,"at":"2026-04-30T23:59:59.000Z"}""",
            items[0].GetRawText());
        Assert.Equal(("grant", "operation-1", false), (items[1].GetProperty("kind").GetString(), items[1].GetProperty("operationId").GetString(), items[1].TryGetProperty("jobId", out _)));
    }

    [Fact]
    public async Task Ledger_OfAnotherAccount_IsNotShown()
    {
        using var client = gateway.NewClient(out _);
        gateway.World.Entries["another"] = [Entry(1, LedgerEntryKind.Grant, Now)];
        Assert.Empty(Items(await Data(client, "/api/v1/account/ledger")));
    }

    [Theory]
    [InlineData("ledger?limit=0", "limit")]
    [InlineData("ledger?limit=101", "limit")]
    [InlineData("ledger?limit=ten", "limit")]
    [InlineData("ledger?cursor=42", "cursor")]
    [InlineData("ledger?cursor=bGVkZ2VyOngK", "cursor")]
    [InlineData("ledger?cursor=YWNjb3VudHM6NDI", "cursor")]
    [InlineData("usage?from=2026-02-30", "from")]
    [InlineData("usage?to=yesterday", "to")]
    [InlineData("usage?to=9999-12-31", "to")]
    [InlineData("usage?from=2026-01-02&to=2026-01-01", "from")]
    [InlineData("usage?from=2025-01-01&to=2026-01-02", "from")]
    public async Task List_BadParameter_IsNamed(string query, string field)
    {
        using var client = gateway.NewClient(out _);
        using var response = await client.GetAsync($"/api/v1/account/{query}");
        Assert.Equal([field], (await response.Refusal(400, "invalid_request")).GetProperty("errors").Members());
    }

    [Fact]
    public async Task Usage_OfSomeDays_HasEachOfThemAndTheSum()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Entries[account.Id] =
            [Entry(1, LedgerEntryKind.Settle, Now), Entry(2, LedgerEntryKind.Settle, Now), Entry(3, LedgerEntryKind.Settle, Now.AddDays(2))];

        var data = await Data(client, "/api/v1/account/usage?from=2026-04-29&to=2026-05-01");

        Assert.Equal(
            """{"from":"2026-04-29","to":"2026-05-01","jobs":2,"credits":4,"days":[{"date":"2026-04-29","jobs":0,"credits":0},{"date":"2026-04-30","jobs":2,"credits":4},{"date":"2026-05-01","jobs":0,"credits":0}]}""",
            data.GetRawText());
    }

    [Fact]
    public async Task Usage_WithoutDays_IsThatOfTheLastThirty()
    {
        using var client = gateway.NewClient(out _);
        var data = await Data(client, "/api/v1/account/usage");
        Assert.Equal(("2026-04-02", "2026-05-01", 30), (data.GetProperty("from").GetString(), data.GetProperty("to").GetString(), data.GetProperty("days").GetArrayLength()));
    }

    [Fact]
    public async Task Usage_OfTheFirstDays_IsAnswered()
    {
        using var client = gateway.NewClient(out _);
        var data = await Data(client, "/api/v1/account/usage?to=0001-01-02");
        Assert.Equal("0001-01-01", data.GetProperty("from").GetString());
    }

    private static LedgerEntry Entry(long sequence, LedgerEntryKind kind, DateTimeOffset at) => new(sequence, kind, $"operation-{sequence}", 3, 2, 100, at);

    private static IEnumerable<JsonElement> Items(JsonElement data) => data.GetProperty("items").EnumerateArray();

    private static async Task<JsonElement> Data(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Body()).GetProperty("data");
    }
}
