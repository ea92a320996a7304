using System.Net;
using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

[Collection(GatewayCollection.Name)]
public sealed class JobListTests(GatewayFixture gateway)
{
    private const string Path = "/api/v1/lipsync/jobs";
    private static readonly DateTimeOffset Created = new(2026, 5, 1, 11, 30, 0, 120, TimeSpan.Zero);

    [Fact]
    public async Task List_CompletedJob_AnswersExactlyTheItemsMembers()
    {
        using var client = gateway.NewClient(out var account);
        var job = Summary(account) with
        {
            Status = JobStatus.Completed, CreditsUsed = 5, Metadata = """{"shot":"3"}""", OutputKey = "jobs/x/1/output.mp4", OutputExpiresAt = gateway.Time.GetUtcNow().AddDays(1),
        };
        gateway.World.Pages[account.Id] = new([job], Next: null);

        var text = await client.GetStringAsync(Path);

        var expires = gateway.Time.GetUtcNow().ToUnixTimeSeconds() + 3600;
        var link = text[text.IndexOf("http", StringComparison.Ordinal)..text.IndexOf("\",\"outputExpiresAt", StringComparison.Ordinal)];
        Assert.StartsWith($"{gateway.Url}api/v1/media/jobs/x/1/output.mp4?expires={expires}&signature=", link, StringComparison.Ordinal);
        Assert.Equal(
            "{\"success\":true,\"data\":{\"items\":[{\"jobId\":\"" + job.JobId + "\",\"inputType\":\"video\",\"status\":\"completed\",\"outputUrl\":\"" + link + "\","
            + "\"outputExpiresAt\":\"" + gateway.Time.GetUtcNow().AddDays(1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null) + "\",\"createdAt\":\"2026-05-01T11:30:00.120Z\","
            + "\"updatedAt\":\"2026-05-01T11:30:00.120Z\",\"creditsUsed\":5,\"metadata\":{\"shot\":\"3\"}}]}}",
            text);
    }

    [Fact]
    public async Task List_ExpiredOrFailedJob_HasNoLink()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Pages[account.Id] = new(
            [
                Summary(account) with { Status = JobStatus.Completed, OutputKey = "jobs/x/1/output.mp4", OutputExpiresAt = gateway.Time.GetUtcNow() },
                Summary(account) with { Status = JobStatus.Failed, Error = new("no_face_found", "Nobody.") },
            ],
            Next: null);

        var items = (await (await client.GetAsync(Path)).Body()).GetProperty("data").GetProperty("items");

        Assert.DoesNotContain("outputUrl", items[0].Members());
        Assert.Equal("no_face_found", items[1].GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task List_CursorOfAPage_AsksForWhatFollows()
    {
        using var client = gateway.NewClient(out var account);
        var place = new JobPlace(Created.AddTicks(1), JobId.New(Created));
        gateway.World.Pages[account.Id] = new([Summary(account)], place);
        var cursor = (await (await client.GetAsync($"{Path}?status=failed&limit=7")).Body()).GetProperty("data").GetProperty("nextCursor").GetString();

        using var next = await client.GetAsync($"{Path}?cursor={cursor}");

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(
            [new(account.Id, JobStatus.Failed, 7, After: null), new(account.Id, Status: null, 20, place)],
            gateway.World.Listed.Where(query => query.AccountId == account.Id));
    }

    [Theory]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=", "cursor")]
    [InlineData("cursor=am9iczpub25zZW5zZQ", "cursor")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("status=done", "status")]
    [InlineData("status=Queued", "status")]
    [InlineData("page=2", "page")]
    [InlineData("account=x", "account")]
    [InlineData("sort=asc&limit=-1", "sort limit")]
    public async Task List_WrongQuery_NamesTheParameter(string query, string names)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.GetAsync($"{Path}?{query}");

        Assert.Equal(names, string.Join(' ', (await response.Refusal(400, "invalid_request")).GetProperty("errors").Members()));
    }

    [Fact]
    public async Task ListAll_ByTheOperator_NamesAccountsAndHoldsNoLinks()
    {
        using var admin = gateway.NewClient(gateway.World.NewAccount(ApiKeyScope.Admin));
        using var client = gateway.NewAnonymousClient();
        client.DefaultRequestHeaders.Add("X-Admin-Key", admin.DefaultRequestHeaders.GetValues("X-API-Key"));
        var account = gateway.World.NewAccount();
        gateway.World.Pages[account.Id] = new([Summary(account) with { Status = JobStatus.Completed, OutputKey = "jobs/x/1/output.mp4" }], Next: null);

        using var response = await client.GetAsync($"/api/v1/admin/jobs?account={account.Id}&status=completed");

        var item = (await response.Body()).GetProperty("data").GetProperty("items")[0];
        Assert.Equal("jobId accountId inputType status createdAt updatedAt", string.Join(' ', item.Members()));
        Assert.Equal(account.Id, item.GetProperty("accountId").GetString());
    }

    private static JobSummary Summary(TestAccount account) => new()
    {
        JobId = JobId.New(Created), AccountId = account.Id, InputType = InputType.Video, Status = JobStatus.Queued, CreatedAt = Created, UpdatedAt = Created,
    };
}
