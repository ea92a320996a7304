using System.Net;
using LipSync.Accounts;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace LipSync.Tests.Users;

[Collection(GatewayCollection.Name)]
public sealed class SignUpTests(GatewayFixture gateway)
{
    [Fact]
    public async Task SignUp_NewUser_HasAnAccountAndASession()
    {
        using var browser = new Browser(gateway.Url);
        var email = Browser.NewEmail();

        using var response = await browser.SignUp(email.ToUpperInvariant());

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var data = (await response.Body()).GetProperty("data");
        Assert.Equal(email, data.GetProperty("email").GetString());
        Assert.False(data.GetProperty("admin").GetBoolean());
        var account = data.GetProperty("accountId").GetString()!;
        Assert.Matches("^acct_[0-9a-f]{32}$", account);
        Assert.Equal((Plan.Free, 100), (gateway.World.Opened[account].Limits.Plan, gateway.World.Opened[account].Available));
        Assert.Matches("; expires=[^;]+; path=/; samesite=lax; httponly$", browser.SetCookie);
        Assert.Equal(HttpStatusCode.OK, await browser.Status("GET", "/api/v1/keys"));
        Assert.Contains(gateway.World.Admitted, admitted => admitted.AccountId == account);
    }

    [Fact]
    public async Task SignUp_TakenAddress_IsAConflictAndOpensNothing()
    {
        using var browser = new Browser(gateway.Url);
        var email = Browser.NewEmail();
        using var first = await browser.SignUp(email);
        var opened = gateway.World.Opened.Count;
        using var other = new Browser(gateway.Url);

        using var second = await other.SignUp(email.ToUpperInvariant(), "another password");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await second.Refusal(409, "already_exists");
        Assert.Equal(opened, gateway.World.Opened.Count);
        Assert.Empty(other.Cookie);
    }

    [Theory]
    [InlineData("""{"password":"correct horse battery"}""", "email")]
    [InlineData("""{"email":"ada","password":"correct horse battery"}""", "email")]
    [InlineData("""{"email":5,"password":"correct horse battery"}""", "email")]
    [InlineData("""{"email":"ada@example.com"}""", "password")]
    [InlineData("""{"email":"ada@example.com","password":"1234567"}""", "password")]
    [InlineData("""{"email":"ada@example.com","password":["12345678"]}""", "password")]
    [InlineData("""{"email":"ada@example.com","password":"12345678","plan":"pro"}""", "plan")]
    public async Task SignUp_BadField_IsNamed(string body, string field)
    {
        using var browser = new Browser(gateway.Url);

        using var response = await browser.Send("POST", "/api/v1/auth/signup", body);

        Assert.Equal([field], (await response.Refusal(400, "invalid_request")).GetProperty("errors").Members());
    }

    [Fact]
    public async Task SignUp_OverlongPassword_IsRefused()
    {
        using var browser = new Browser(gateway.Url);

        using var response = await browser.SignUp(Browser.NewEmail(), new string('x', 129));

        await response.Refusal(400, "invalid_request");
    }

    [Fact]
    public async Task SignUp_WhereClosed_IsForbidden()
    {
        await using var app = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:Signup:Mode", "closed"));
        using var browser = Browser.At(app);

        using var response = await browser.SignUp(Browser.NewEmail());

        Assert.Contains("closed", (await response.Refusal(403, "forbidden")).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@example.org", false)]
    [InlineData("@mail.corp.example", false)]
    [InlineData("@CORP.example", true)]
    public async Task SignUp_WithDomains_WelcomesOnlyThem(string domain, bool welcome)
    {
        await using var app = await gateway.StartGateway(
            gateway.NewFolder(), ("LipSync:Signup:EmailDomains:0", "corp.example"), ("LipSync:Signup:Credits", "7"));
        using var browser = Browser.At(app);

        using var response = await browser.SignUp(Guid.NewGuid().ToString("N") + domain);

        if (!welcome)
        {
            await response.Refusal(403, "forbidden");
            return;
        }

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(7, gateway.World.Opened[(await response.Body()).GetProperty("data").GetProperty("accountId").GetString()!].Available);
    }

    [Fact]
    public async Task SignUp_TooManyFromOneAddress_IsRefused()
    {
        await using var app = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:AddressLimits:SignUps", "2"));
        using var browser = Browser.At(app);
        using var first = await browser.SignUp("nobody");
        using var second = await browser.SignUp("nobody");

        using var third = await browser.SignUp("nobody");

        await second.Refusal(400, "invalid_request");
        await third.Refusal(429, "rate_limited");
        Assert.Equal(TimeSpan.FromMinutes(1), third.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("LipSync:Signup:EmailDomains:0", "@example.com")]
    [InlineData("LipSync:Signup:Credits", "-1")]
    [InlineData("LipSync:AddressLimits:BadCredentials", "0")]
    public async Task Start_BadSetting_Fails(string key, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => gateway.StartGateway("unused", (key, value)));
}
