using LipSync.Accounts;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Limits;

[Collection(GatewayCollection.Name)]
public sealed class RateLimitTests(GatewayFixture gateway)
{
    private const string Status = "/api/v1/lipsync/status/job_0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Request_Admitted_CarriesBothFamiliesOfHeaders()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Admissions[account.Id] = new Admission(true, 100, 42, TimeSpan.FromSeconds(34.5), TimeSpan.Zero, World.Pro);

        using var response = await client.GetAsync(Status);

        Assert.Equal("\"read\";q=100;w=60", response.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"read\";r=42;t=35", response.Headers.GetValues("RateLimit").Single());
        Assert.Equal("100", response.Headers.GetValues("X-RateLimit-Limit").Single());
        Assert.Equal("42", response.Headers.GetValues("X-RateLimit-Remaining").Single());
        Assert.Equal(
            gateway.Time.GetUtcNow().ToUnixTimeSeconds() + 35, long.Parse(response.Headers.GetValues("X-RateLimit-Reset").Single(), null));
        Assert.False(response.Headers.Contains("Retry-After"));
    }

    [Fact]
    public async Task Request_NotAdmitted_IsRefusedWithRetryAfter()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Admissions[account.Id] =
            new Admission(false, 10, 0, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5.01), World.Pro with { Plan = Plan.Free });

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json("{}"));

        await response.Refusal(429, "rate_limited");
        Assert.Equal(TimeSpan.FromSeconds(6), response.Headers.RetryAfter?.Delta);
        Assert.Equal("\"work\";r=0;t=60", response.Headers.GetValues("RateLimit").Single());
        Assert.DoesNotContain(gateway.World.Submitted.Values, spec => spec.AccountId == account.Id);
    }

    [Fact]
    public async Task Request_OfASuspendedAccount_IsForbiddenAndSaysWhy()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Admissions[account.Id] = new Admission(false, 10, 0, TimeSpan.Zero, TimeSpan.Zero, World.Pro, Suspended: true);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json("{}"));

        Assert.Contains("suspended", (await response.Refusal(403, "forbidden")).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.World.Submitted.Values, spec => spec.AccountId == account.Id);
    }

    [Theory]
    [InlineData("POST", "/api/v1/lipsync/generate", RequestClass.Work)]
    [InlineData("POST", "/api/v1/uploads", RequestClass.Work)]
    [InlineData("GET", Status, RequestClass.Read)]
    public async Task Request_KeyedRoute_CountsOnceInItsClass(string method, string path, RequestClass expected)
    {
        using var client = gateway.NewClient(out var account);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.SendAsync(request);

        Assert.True(response.Headers.Contains("RateLimit"), $"{response.StatusCode} carries no RateLimit.");
        Assert.Equal((account.Id, expected), Assert.Single(gateway.World.Admitted, admitted => admitted.AccountId == account.Id));
    }

    [Fact]
    public async Task Request_ThatFaults_StillCarriesTheHeaders()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, _ => throw new InvalidOperationException("fault"));

        using var response = await client.GetAsync($"/api/v1/lipsync/status/{id}");

        await response.Refusal(500, "internal_error");
        Assert.True(response.Headers.Contains("RateLimit"));
        Assert.True(response.Headers.Contains("X-RateLimit-Remaining"));
    }
}
