using System.Net;
using LipSync.Accounts;
using LipSync.Gateway.Sessions;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Users;

[Collection(GatewayCollection.Name)]
public sealed class AdministratorTests(GatewayFixture gateway)
{
    private const string Silos = "/api/v1/admin/silos";

    [Fact]
    public async Task Set_Administrator_OpensAdminRoutesToHisSessionUntilHeIsNoneAnyMore()
    {
        using var browser = new Browser(gateway.Url);
        var email = Browser.NewEmail();
        using var signup = await browser.SignUp(email);
        Assert.Equal(HttpStatusCode.Forbidden, await browser.Status("GET", Silos));

        using var made = await Set(email, "true");
        Assert.True((await made.Body()).GetProperty("data").GetProperty("admin").GetBoolean());
        gateway.Time.Advance(KnownSessions.Lifetime);
        Assert.Equal(HttpStatusCode.OK, await browser.Status("GET", Silos));
        Assert.Equal(HttpStatusCode.OK, await browser.Status("GET", "/api/v1/keys"));

        using var unmade = await Set(email, "false");
        gateway.Time.Advance(KnownSessions.Lifetime);
        Assert.Equal(HttpStatusCode.Forbidden, await browser.Status("GET", Silos));
    }

    [Fact]
    public async Task Set_ByAnAdministratorsSession_NeedsThisHostsOrigin()
    {
        using var browser = new Browser(gateway.Url);
        var email = Browser.NewEmail();
        using var signup = await browser.SignUp(email);
        using var made = await Set(email, "true");
        gateway.Time.Advance(KnownSessions.Lifetime);
        browser.Origin = "https://evil.example";

        using var response = await browser.Send("PUT", $"/api/v1/admin/users/{email}", """{"admin":false}""");

        await response.Refusal(403, "forbidden");
        gateway.Time.Advance(KnownSessions.Lifetime);
        Assert.Equal(HttpStatusCode.OK, await browser.Status("GET", Silos));
    }

    [Theory]
    [InlineData("nobody@example.com", """{"admin":true}""", 404, "not_found")]
    [InlineData("nobody", """{"admin":true}""", 404, "not_found")]
    [InlineData("nobody@example.com", "{}", 400, "invalid_request")]
    [InlineData("nobody@example.com", """{"admin":true,"owner":true}""", 400, "invalid_request")]
    public async Task Set_OfNobodyOrNothing_IsRefused(string email, string body, int status, string code)
    {
        using var client = Administrator();

        using var response = await client.PutAsync($"/api/v1/admin/users/{email}", Answers.Json(body));

        await response.Refusal(status, code);
    }

    [Fact]
    public async Task AdminRoute_WithAnEndedSession_IsUnauthorized()
    {
        using var browser = new Browser(gateway.Url) { Cookie = "lipsync_session=nonsense" };

        using var response = await browser.Send("GET", Silos);

        await response.Refusal(401, "invalid_credentials");
    }

    private HttpClient Administrator()
    {
        var client = gateway.NewAnonymousClient();
        client.DefaultRequestHeaders.Add("X-Admin-Key", gateway.World.NewAccount(ApiKeyScope.Admin).Key);
        return client;
    }

    private async Task<HttpResponseMessage> Set(string email, string administrator)
    {
        using var client = Administrator();
        return await client.PutAsync($"/api/v1/admin/users/{email}", Answers.Json($$"""{"admin":{{administrator}}}"""));
    }
}
