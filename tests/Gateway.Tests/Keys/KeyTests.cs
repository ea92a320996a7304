using System.Net;
using System.Text.Json;
using LipSync.Accounts;
using LipSync.Gateway.Security;
using LipSync.Keys;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Keys;

[Collection(GatewayCollection.Name)]
public sealed class KeyTests(GatewayFixture gateway)
{
    private const string Keys = "/api/v1/keys";

    [Fact]
    public async Task Create_Key_IsShownOnceAndWorksAtOnce()
    {
        using var client = gateway.NewClient(out var account);

        using var response = await client.PostAsync(Keys, Answers.Json("""{"name":"web shop","expiresAt":"2027-01-02T03:04:05Z"}"""));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var data = (await response.Body()).GetProperty("data");
        Assert.Equal(["id", "name", "prefix", "key", "createdAt", "expiresAt"], data.Members());
        var key = data.GetProperty("key").GetString()!;
        Assert.StartsWith(data.GetProperty("prefix").GetString()!, key, StringComparison.Ordinal);
        Assert.Equal("2027-01-02T03:04:05.000Z", data.GetProperty("expiresAt").GetString());
        using var customer = gateway.NewClient(account with { Key = key });
        var listed = await List(customer);
        Assert.Equal(["id", "name", "prefix", "createdAt", "expiresAt"], Assert.Single(listed).Members());
        Assert.Equal(data.GetProperty("id").GetString(), listed[0].GetProperty("id").GetString());
        Assert.DoesNotContain(gateway.Logs.Entries, entry => entry.Message.Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":"a\u0000b"}""", "name")]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":"a","expiresAt":"soon"}""", "expiresAt")]
    [InlineData("""{"name":"a","expiresAt":"2026-05-01T12:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"a","scope":"admin"}""", "scope")]
    public async Task Create_BadField_IsNamed(string body, string field)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync(Keys, Answers.Json(body));

        Assert.Equal([field], (await response.Refusal(400, "invalid_request")).GetProperty("errors").Members());
        Assert.Empty(await List(client));
    }

    [Fact]
    public async Task Create_TheEleventh_IsRefused()
    {
        using var client = gateway.NewClient(out _);
        for (var number = 0; number < 10; number++)
        {
            await Create(client);
        }

        using var response = await client.PostAsync(Keys, Answers.Json("""{"name":"one more"}"""));

        await response.Refusal(409, "too_many_keys");
        Assert.Equal(10, (await List(client)).Count);
    }

    [Fact]
    public async Task Revoke_OfAKey_HoldsOnEveryGatewayAfterFiveSeconds()
    {
        await using var second = await gateway.StartGateway(gateway.NewFolder());
        using var client = gateway.NewClient(out var account);
        var (id, key) = await Create(client);
        using var customer = gateway.NewClient(account with { Key = key });
        using var elsewhere = new HttpClient { BaseAddress = new Uri(second.Urls.Single()) };
        elsewhere.DefaultRequestHeaders.Add("X-API-Key", key);
        Assert.Single(await List(customer));
        Assert.Single(await List(elsewhere));

        using var revoked = await client.DeleteAsync($"{Keys}/{id}");
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        gateway.Time.Advance(KnownKeys.Lifetime);

        foreach (var owner in new[] { customer, elsewhere })
        {
            using var response = await owner.GetAsync(Keys);
            await response.Refusal(401, "key_revoked");
            Assert.Equal("ApiKey", response.Headers.WwwAuthenticate.ToString());
        }

        Assert.Empty(await List(client));
    }

    [Fact]
    public async Task Revoke_OfAnUnknownOrForeignKey_IsTheSameRefusal()
    {
        using var client = gateway.NewClient(out _);
        using var other = gateway.NewClient(out _);
        var foreign = (await Create(other)).Id;
        var own = (await Create(client)).Id;
        using var gone = await client.DeleteAsync($"{Keys}/{own}");
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);

        var answers = new List<string>();
        foreach (var id in new[] { foreign, own, "key_000000000000000000000000", "anything" })
        {
            using var response = await client.DeleteAsync($"{Keys}/{id}");
            await response.Refusal(404, "not_found");
            answers.Add((await response.Content.ReadAsStringAsync()).Replace((await response.Body()).GetProperty("requestId").GetString()!, "", StringComparison.Ordinal));
        }

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Single(await List(other));
    }

    [Fact]
    public async Task Request_WithAnExpiredKey_IsRefusedFromThatMomentOn()
    {
        using var client = gateway.NewClient(out var account);
        var expiry = gateway.Time.GetUtcNow().AddSeconds(1);
        using var made = await client.PostAsync(Keys, Answers.Json($$"""{"name":"short","expiresAt":"{{expiry:O}}"}"""));
        using var customer = gateway.NewClient(account with { Key = (await made.Body()).GetProperty("data").GetProperty("key").GetString()! });
        Assert.Single(await List(customer));

        gateway.Time.Advance(TimeSpan.FromSeconds(1));

        using var response = await customer.GetAsync(Keys);
        var refusal = await response.Refusal(401, "key_revoked");
        Assert.Contains("expired on", refusal.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithAMalformedKey_IsRefusedWithoutALookUp()
    {
        var key = ApiKey.Generate().Reveal();
        var mistyped = key[..^1] + (key[^1] == '0' ? '1' : '0');
        var asked = gateway.World.Identified.Count;
        using var client = gateway.NewClient(new TestAccount("nobody", mistyped));

        using var response = await client.GetAsync(Keys);

        await response.Refusal(401, "invalid_api_key");
        Assert.Equal(asked, gateway.World.Identified.Count);
        Assert.Equal(401, await StatusWith(key));
        Assert.Equal(asked + 1, gateway.World.Identified.Count);
    }

    [Fact]
    public async Task AdminRoute_WithARevokedOrExpiredKey_IsForbidden()
    {
        foreach (var (revoked, expiry) in new[] { (true, (DateTimeOffset?)null), (false, gateway.Time.GetUtcNow()) })
        {
            var key = ApiKey.Generate();
            gateway.World.Keys[key.Hash] = new ApiKeyIdentity("admin", ApiKeyScope.Admin, "test", expiry, revoked);
            using var client = gateway.NewAnonymousClient();
            client.DefaultRequestHeaders.Add("X-Admin-Key", key.Reveal());

            using var response = await client.GetAsync("/api/v1/admin/silos");

            await response.Refusal(403, "forbidden");
        }
    }

    private static async Task<(string Id, string Key)> Create(HttpClient client)
    {
        using var response = await client.PostAsync(Keys, Answers.Json("""{"name":"test"}"""));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var data = (await response.Body()).GetProperty("data");
        return (data.GetProperty("id").GetString()!, data.GetProperty("key").GetString()!);
    }

    private static async Task<List<JsonElement>> List(HttpClient client)
    {
        using var response = await client.GetAsync(Keys);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await response.Body()).GetProperty("data").GetProperty("items").EnumerateArray()];
    }

    private async Task<int> StatusWith(string key)
    {
        using var client = gateway.NewClient(new TestAccount("nobody", key));
        using var response = await client.GetAsync(Keys);
        return (int)response.StatusCode;
    }
}
