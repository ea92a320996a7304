using System.Net;
using LipSync.Accounts;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace LipSync.Tests.Admin;

[Collection(GatewayCollection.Name)]
public sealed class AccountsTests(GatewayFixture gateway) : IAsyncLifetime
{
    private const string OperatorsKey = "an operator's key of 32 characters";
    private const string Path = "/api/v1/admin/accounts";

    private readonly string account = $"account_{Guid.NewGuid():N}";
    private Microsoft.AspNetCore.Builder.WebApplication? app;

    public async Task InitializeAsync() => app = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:Admin:Key", OperatorsKey));

    public async Task DisposeAsync() => await app!.DisposeAsync();

    [Fact]
    public async Task Create_WithTheOperatorsKey_OpensTheAccountWithAKeyThatWorks()
    {
        using var client = Client(OperatorsKey);

        using var response = await client.PostAsync(Path, Answers.Json($$"""{"accountId":"{{account}}","plan":"starter","credits":40}"""));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var data = (await response.Body()).GetProperty("data");
        Assert.Equal(account, data.GetProperty("accountId").GetString());
        Assert.Equal((Plan.Starter, 40), (gateway.World.Opened[account].Limits.Plan, gateway.World.Opened[account].Available));
        using var customer = gateway.NewClient(new TestAccount(account, data.GetProperty("key").GetString()!));
        using var status = await customer.GetAsync("/api/v1/lipsync/status/job_0");
        await status.Refusal(404, "not_found");
    }

    [Fact]
    public async Task Create_Again_IsAConflictAndChangesNothing()
    {
        using var client = Client(OperatorsKey);
        using var first = await client.PostAsync(Path, Answers.Json($$"""{"accountId":"{{account}}","plan":"pro","credits":40}"""));

        using var second = await client.PostAsync(Path, Answers.Json($$"""{"accountId":"{{account}}","plan":"free","credits":7}"""));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await second.Refusal(409, "already_exists");
        Assert.Equal(40, gateway.World.Opened[account].Available);
    }

    [Fact]
    public async Task Create_AnswerLostAndSentAgainWithItsKey_AnswersTheOnlyKey()
    {
        gateway.World.OpenUnheard[account] = true;
        using var client = Client(OperatorsKey);
        client.DefaultRequestHeaders.Add("Idempotency-Key", account);
        using var lost = await client.PostAsync(Path, Answers.Json($$"""{"accountId":"{{account}}","plan":"pro","credits":40}"""));

        using var again = await client.PostAsync(Path, Answers.Json($$"""{"accountId":"{{account}}","plan":"pro","credits":40}"""));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created), (lost.StatusCode, again.StatusCode));
        using var customer = gateway.NewClient(new TestAccount(account, (await again.Body()).GetProperty("data").GetProperty("key").GetString()!));
        using var keys = await customer.GetAsync("/api/v1/keys");
        Assert.Equal(1, (await keys.Body()).GetProperty("data").GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"accountId":"admin","plan":"pro"}""", "accountId")]
    [InlineData("""{"plan":"pro"}""", "accountId")]
    [InlineData("""{"accountId":"a b","plan":"pro"}""", "accountId")]
    [InlineData("""{"accountId":"a"}""", "plan")]
    [InlineData("""{"accountId":"a","plan":"pro","credits":-1}""", "credits")]
    [InlineData("""{"accountId":"a","plan":"pro","more":1}""", "more")]
    public async Task Create_BadField_IsNamed(string body, string field)
    {
        using var client = Client(OperatorsKey);

        using var response = await client.PostAsync(Path, Answers.Json(body));

        Assert.Equal([field], (await response.Refusal(400, "invalid_request")).GetProperty("errors").Members());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("an operator's key of 32 character")]
    [InlineData("ls_live_00")]
    public async Task Create_WithoutAnAdminKey_IsForbidden(string? key)
    {
        using var client = Client(key);

        using var response = await client.PostAsync(Path, Answers.Json($$"""{"accountId":"{{account}}","plan":"pro"}"""));

        await response.Refusal(403, "forbidden");
        Assert.False(gateway.World.Opened.ContainsKey(account));
    }

    [Theory]
    [InlineData(ApiKeyScope.Admin, true)]
    [InlineData(ApiKeyScope.Customer, false)]
    public async Task Create_WithAKeyOfTheCluster_NeedsTheScopeOfAnAdministrator(ApiKeyScope scope, bool allowed)
    {
        using var client = Client(gateway.World.NewAccount(scope).Key);

        using var response = await client.PostAsync(Path, Answers.Json($$"""{"accountId":"{{account}}","plan":"pro"}"""));

        Assert.Equal(allowed ? HttpStatusCode.Created : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Create_WhereTheGatewayHasNoKey_IsForbidden()
    {
        using var client = gateway.NewAnonymousClient();
        client.DefaultRequestHeaders.Add("X-Admin-Key", OperatorsKey);

        using var response = await client.PostAsync(Path, Answers.Json($$"""{"accountId":"{{account}}","plan":"pro"}"""));

        await response.Refusal(403, "forbidden");
    }

    [Fact]
    public async Task Start_WithAShortKey_Fails()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => gateway.StartGateway("unused", ("LipSync:Admin:Key", "short")));

        Assert.DoesNotContain("short\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains("LipSync:Admin:Key", refused.Message, StringComparison.Ordinal);
    }

    private HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = new Uri(app!.Urls.Single()) };
        if (key is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("X-Admin-Key", key);
        }

        return client;
    }
}
