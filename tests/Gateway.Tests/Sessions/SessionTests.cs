using System.Net;
using LipSync.Gateway.Sessions;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Sessions;

[Collection(GatewayCollection.Name)]
public sealed class SessionTests(GatewayFixture gateway)
{
    private const string Keys = "/api/v1/keys";

    [Fact]
    public async Task LogIn_RightPassword_BeginsASessionThatEveryGatewayKnows()
    {
        await using var second = await gateway.StartGateway(gateway.NewFolder());
        using var browser = new Browser(gateway.Url);
        var email = await SignUp(browser);
        using var other = new Browser(gateway.Url);

        using var response = await other.LogIn(email.ToUpperInvariant());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["email", "accountId", "admin"], (await response.Body()).GetProperty("data").Members());
        using var elsewhere = Browser.At(second);
        elsewhere.Cookie = other.Cookie;
        Assert.Equal(HttpStatusCode.OK, await elsewhere.Status("GET", Keys));
        Assert.Equal(HttpStatusCode.OK, await browser.Status("GET", Keys));
    }

    [Fact]
    public async Task LogIn_WrongPasswordOrUnknownAddress_IsTheSameRefusal()
    {
        using var browser = new Browser(gateway.Url);
        var email = await SignUp(browser);
        using var other = new Browser(gateway.Url);

        var answers = new List<string>();
        foreach (var (address, password) in new[] { (email, "wrong password"), (email, "short"), (Browser.NewEmail(), Browser.Password), ("no address", Browser.Password) })
        {
            using var response = await other.LogIn(address, password);
            await response.Refusal(401, "invalid_credentials");
            answers.Add((await response.Content.ReadAsStringAsync()).Replace((await response.Body()).GetProperty("requestId").GetString()!, "", StringComparison.Ordinal));
        }

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Empty(other.Cookie);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LogIn_FiftyGuessesAtOnce_FiveAreVerifiedWhetherOrNotThereIsAUser(bool exists)
    {
        using var browser = new Browser(gateway.Url);
        var email = exists ? await SignUp(browser) : Browser.NewEmail();

        var guesses = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => browser.LogIn(email, $"guess number {number}")));

        Assert.Equal(5, guesses.Count(guess => guess.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(45, guesses.Count(guess => guess.StatusCode == HttpStatusCode.TooManyRequests));
        Array.ForEach(guesses, guess => guess.Dispose());
        using var late = await browser.LogIn(email);
        await late.Refusal(429, "rate_limited");
        Assert.Equal(TimeSpan.FromMinutes(15), late.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task LogIn_FailuresFromOneAddress_CountLikeBadKeys()
    {
        await using var app = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:AddressLimits:BadCredentials", "10"));
        using var browser = Browser.At(app);
        for (var number = 0; number < 9; number++)
        {
            using var failed = await browser.LogIn(Browser.NewEmail());
            await failed.Refusal(401, "invalid_credentials");
        }

        using var bad = await browser.Send("GET", Keys, json: null, ("X-API-Key", "ls_live_wrong"));
        await bad.Refusal(401, "invalid_api_key");
        using var response = await browser.LogIn(Browser.NewEmail());

        await response.Refusal(429, "rate_limited");
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task LogIn_WhereTheAccountWasNeverOpened_OpensIt()
    {
        using var browser = new Browser(gateway.Url);
        using var signup = await browser.SignUp(Browser.NewEmail());
        var data = (await signup.Body()).GetProperty("data");
        var account = data.GetProperty("accountId").GetString()!;
        Assert.True(gateway.World.Opened.TryRemove(account, out _));

        using var login = await browser.LogIn(data.GetProperty("email").GetString()!);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        Assert.Equal(100, gateway.World.Opened[account].Available);
    }

    [Fact]
    public async Task LogOut_EndsTheSession_HereAtOnceAndElsewhereAfterFiveSeconds()
    {
        await using var second = await gateway.StartGateway(gateway.NewFolder());
        using var browser = new Browser(gateway.Url);
        var email = await SignUp(browser);
        using var elsewhere = Browser.At(second);
        using var copy = new Browser(gateway.Url);
        using var another = new Browser(gateway.Url);
        elsewhere.Cookie = copy.Cookie = browser.Cookie;
        using var login = await another.LogIn(email);
        Assert.Equal(HttpStatusCode.OK, await elsewhere.Status("GET", Keys));

        using var response = await browser.LogOut();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(browser.Cookie);
        using var refused = await copy.Send("GET", Keys);
        await refused.Refusal(401, "invalid_credentials");
        gateway.Time.Advance(KnownSessions.Lifetime);
        using var refusedElsewhere = await elsewhere.Send("GET", Keys);
        await refusedElsewhere.Refusal(401, "invalid_credentials");
        Assert.Equal(HttpStatusCode.OK, await another.Status("GET", Keys));
        using var again = await browser.LogOut();
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Session_InUse_IsRenewedAndLapsesAfterFourteenDays()
    {
        using var browser = new Browser(gateway.Url);
        await SignUp(browser);
        var first = browser.Cookie;

        gateway.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal(HttpStatusCode.OK, await browser.Status("GET", Keys));
        Assert.NotEqual(first, browser.Cookie, StringComparer.Ordinal);
        gateway.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal(HttpStatusCode.OK, await browser.Status("GET", Keys));
        gateway.Time.Advance(TimeSpan.FromDays(15));

        using var response = await browser.Send("GET", Keys);
        await response.Refusal(401, "invalid_credentials");
    }

    [Fact]
    public async Task Request_WithKeyAndCookie_ActsForTheKey()
    {
        using var browser = new Browser(gateway.Url);
        await SignUp(browser);
        var account = gateway.World.NewAccount();

        using var response = await browser.Send("GET", Keys, json: null, ("X-API-Key", account.Key));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(gateway.World.Admitted, admitted => admitted.AccountId == account.Id);
        using var bad = await browser.Send("GET", Keys, json: null, ("X-API-Key", "ls_live_wrong"));
        await bad.Refusal(401, "invalid_api_key");
    }

    [Fact]
    public async Task Cookie_OverHttps_IsSecure()
    {
        await using var app = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:TrustedProxies:0", "127.0.0.0/8"));
        using var browser = Browser.At(app);
        browser.Origin = null;

        using var response = await browser.Send(
            "POST",
            "/api/v1/auth/signup",
            $$"""{"email":"{{Browser.NewEmail()}}","password":"{{Browser.Password}}"}""",
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-For", "203.0.113.9"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Contains("; secure", browser.SetCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfAllThat_HoldsNoPasswordAndNoCookie()
    {
        using var browser = new Browser(gateway.Url);
        var email = await SignUp(browser);
        using var wrong = await browser.LogIn(email, "a wrong password");
        using var right = await browser.LogIn(email);
        using var unreadable = await browser.Send("POST", "/api/v1/auth/login", $$"""{"email":"{{email}}","password":"{{Browser.Password}}""");

        await unreadable.Refusal(400, "invalid_request");
        string[] secrets = [Browser.Password, "a wrong password", browser.Cookie["lipsync_session=".Length..], email];
        Assert.DoesNotContain(gateway.Logs.Entries, entry => secrets.Any(secret =>
            entry.Message.Contains(secret, StringComparison.Ordinal) || entry.Exception?.ToString().Contains(secret, StringComparison.Ordinal) == true));
    }

    private static async Task<string> SignUp(Browser browser)
    {
        var email = Browser.NewEmail();
        using var response = await browser.SignUp(email);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return email;
    }
}
