using System.Net;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Sessions;

/// <summary>What pages of other origins can't do with the cookie that the browser sends along.</summary>
[Collection(GatewayCollection.Name)]
public sealed class OwnOriginTests(GatewayFixture gateway)
{
    private const string Own = "own";

    public static TheoryData<string, string, string?, bool> ByCookie => new()
    {
        { "GET", "/api/v1/keys", null, true },
        { "GET", "/api/v1/keys", "https://evil.example", true },
        { "POST", "/api/v1/keys", Own, true },
        { "POST", "/api/v1/keys", null, false },
        { "POST", "/api/v1/keys", "null", false },
        { "POST", "/api/v1/keys", "https://evil.example", false },
        { "POST", "/api/v1/keys", "http://127.0.0.1:1", false },
        { "POST", "/api/v1/keys", "http://localhost", false },
        { "DELETE", "/api/v1/keys/key_0", Own, true },
        { "DELETE", "/api/v1/keys/key_0", null, false },
        { "DELETE", "/api/v1/keys/key_0", "https://evil.example", false },
        { "POST", "/api/v1/lipsync/generate", "https://evil.example", false },
        { "POST", "/api/v1/uploads", null, false },
    };

    [Theory]
    [MemberData(nameof(ByCookie))]
    public async Task Request_ByCookie_ChangesThingsOnlyFromThisOrigin(string method, string path, string? origin, bool allowed)
    {
        using var browser = new Browser(gateway.Url);
        using var signup = await browser.SignUp(Browser.NewEmail());
        browser.Origin = origin == Own ? browser.Origin : origin;

        var status = await browser.Status(method, path, method == "POST" ? """{"name":"test"}""" : null);

        Assert.Equal(!allowed, status == HttpStatusCode.Forbidden);
        Assert.NotEqual(HttpStatusCode.Unauthorized, status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://shop.example")]
    public async Task Request_ByKey_NeedsNoOrigin(string? origin)
    {
        using var browser = new Browser(gateway.Url) { Origin = origin };

        using var response = await browser.Send("POST", "/api/v1/keys", """{"name":"test"}""", ("X-API-Key", gateway.World.NewAccount().Key));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("signup", "https://evil.example", false)]
    [InlineData("login", "https://evil.example", false)]
    [InlineData("logout", "https://evil.example", false)]
    [InlineData("signup", "null", false)]
    [InlineData("signup", null, true)]
    [InlineData("login", null, true)]
    [InlineData("logout", null, true)]
    [InlineData("signup", Own, true)]
    public async Task SignIn_FromAPageOfAnotherOrigin_IsForbidden(string route, string? origin, bool allowed)
    {
        using var browser = new Browser(gateway.Url);
        browser.Origin = origin == Own ? browser.Origin : origin;

        using var response = await browser.Send("POST", $"/api/v1/auth/{route}", $$"""{"email":"{{Browser.NewEmail()}}","password":"{{Browser.Password}}"}""");

        Assert.Equal(!allowed, response.StatusCode == HttpStatusCode.Forbidden);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("https://lipsync.example.com", true)]
    [InlineData("https://LIPSYNC.example.com:443", true)]
    [InlineData("http://lipsync.example.com", false)]
    [InlineData("https://lipsync.example.com.evil.example", false)]
    public async Task Request_WhereThePublicUrlIsKnown_MayComeFromItsOrigin(string origin, bool allowed)
    {
        await using var app = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:PublicUrl", "https://lipsync.example.com/speak"));
        using var browser = Browser.At(app);
        using var signup = await browser.SignUp(Browser.NewEmail());
        browser.Origin = origin;

        Assert.Equal(allowed ? HttpStatusCode.Created : HttpStatusCode.Forbidden, await browser.Status("POST", "/api/v1/keys", """{"name":"test"}"""));
    }
}
