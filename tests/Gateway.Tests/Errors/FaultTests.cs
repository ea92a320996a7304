using System.Net;
using System.Net.Sockets;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Storage;

namespace LipSync.Tests.Errors;

[Collection(GatewayCollection.Name)]
public sealed class FaultTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "not_found")]
    [InlineData("GET", "/nothing", 404, "not_found")]
    [InlineData("GET", "/api/v1/lipsync/status/", 404, "not_found")]
    [InlineData("GET", "/api/v1/lipsync/generate", 405, "method_not_allowed")]
    [InlineData("DELETE", "/api/v1/uploads", 405, "method_not_allowed")]
    public async Task Request_NoSuchRoute_IsRefusedInTheSameShape(string method, string path, int status, string code)
    {
        using var client = gateway.NewClient(out _);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.SendAsync(request);

        await response.Refusal(status, code);
    }

    /// <summary>What a grain may throw where a machine, a connection or a disk is broken.</summary>
    private static readonly Dictionary<string, Func<Exception>> Breakdowns = new(StringComparer.Ordinal)
    {
        ["timeout"] = () => new TimeoutException("10.0.0.7:11111 did not answer"),
        ["database gone"] = () => new NpgsqlException("Failed to connect to 10.0.0.7:5432", new SocketException(111)),
        ["database stopped"] = () => new PostgresException("terminating connection at 10.0.0.7", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown),
        ["stale record"] = () => new InconsistentStateException("10.0.0.7"),
        ["silo gone"] = () => new SiloUnavailableException("10.0.0.7"),
        ["full disk"] = () => new IOException("No space left on device: 10.0.0.7"),
        ["behind another"] = () => new InvalidOperationException("10.0.0.7", new NpgsqlException("Exception while reading from stream")),
    };

    public static TheoryData<string> BreakdownNames => [.. Breakdowns.Keys];

    [Theory]
    [MemberData(nameof(BreakdownNames))]
    public async Task Request_SomethingBehindItIsBroken_IsTemporarilyUnavailable(string breakdown)
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, _ => throw Breakdowns[breakdown]());

        using var response = await client.GetAsync($"/api/v1/lipsync/status/{id}");

        var body = await response.Refusal(503, "temporarily_unavailable");
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.DoesNotContain("10.0.0.7", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_GrainFaults_TellsNothingButTheRequestIdThatIsLogged()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, _ => throw new InvalidOperationException("secret of the house"));

        using var response = await client.GetAsync($"/api/v1/lipsync/status/{id}");

        var body = await response.Refusal(500, "internal_error");
        Assert.DoesNotContain("secret", body.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body.GetRawText(), StringComparison.Ordinal);
        var requestId = body.GetProperty("requestId").GetString()!;
        var entry = Assert.Single(gateway.Logs.Entries, entry => entry.Message.Contains(requestId, StringComparison.Ordinal));
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.Contains("secret of the house", entry.Exception?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorPage_ListsEveryCodeUnderItsAnchor()
    {
        using var client = gateway.NewAnonymousClient();

        using var response = await client.GetAsync("/errors");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var page = await response.Content.ReadAsStringAsync();
        foreach (var code in Gateway.Errors.RequestErrors.All.Concat(Gateway.Errors.JobFailures.All))
        {
            Assert.Contains($"<tr id=\"{code.Code}\">", page, StringComparison.Ordinal);
        }
    }
}
