using System.Net;
using LipSync.Accounts;
using LipSync.Gateway.Security;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Security;

[Collection(GatewayCollection.Name)]
public sealed class AuthenticationTests(GatewayFixture gateway)
{
    private const string Status = "/api/v1/lipsync/status/job_0123456789abcdef0123456789abcdef";

    public static TheoryData<string, string> KeyedRoutes => new()
    {
        { "POST", "/api/v1/lipsync/generate" }, { "GET", Status }, { "POST", "/api/v1/uploads" },
        { "GET", "/api/v1/keys" }, { "POST", "/api/v1/keys" }, { "DELETE", "/api/v1/keys/key_0" },
    };

    [Theory]
    [MemberData(nameof(KeyedRoutes))]
    public async Task KeyedRoute_WithoutKey_IsUnauthorized(string method, string path)
    {
        using var response = await Send(method, path);

        await response.Refusal(401, "invalid_api_key");
        Assert.Equal("ApiKey", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [MemberData(nameof(KeyedRoutes))]
    public async Task KeyedRoute_WithUnknownKey_IsUnauthorized(string method, string path)
    {
        using var response = await Send(method, path, ApiKey.Generate().Reveal());

        await response.Refusal(401, "invalid_api_key");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ls_live_wrong")]
    [InlineData("Bearer ls_live_000102030405060708090a0b0c0d0e0f1011121314151617")]
    public async Task KeyedRoute_WithMalformedKey_IsUnauthorized(string key)
    {
        using var response = await Send("GET", Status, key);

        await response.Refusal(401, "invalid_api_key");
    }

    [Fact]
    public async Task KeyedRoute_WithTwoKeys_IsUnauthorized()
    {
        var key = gateway.World.NewAccount().Key;

        using var response = await Send("GET", Status, key, key);

        await response.Refusal(401, "invalid_api_key");
    }

    [Fact]
    public async Task KeyedRoute_WithAdminKey_IsForbidden()
    {
        using var response = await Send("GET", Status, gateway.World.NewAccount(ApiKeyScope.Admin).Key);

        await response.Refusal(403, "forbidden");
    }

    [Fact]
    public async Task KeyedRoute_Preflight_AllowsAnyOriginAndTheKey()
    {
        using var client = gateway.NewAnonymousClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/lipsync/generate");
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,x-api-key");

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("x-api-key", response.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task KeyedRoute_RefusedCrossOrigin_LetsTheScriptReadTheRefusal()
    {
        using var client = gateway.NewClient(out _);
        client.DefaultRequestHeaders.Add("Origin", "https://shop.example");

        using var response = await client.GetAsync(Status);

        await response.Refusal(404, "not_found");
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Retry-After", response.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Send(string method, string path, params string[] keys)
    {
        using var client = gateway.NewAnonymousClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("X-API-Key", keys);
        return await client.SendAsync(request);
    }
}
