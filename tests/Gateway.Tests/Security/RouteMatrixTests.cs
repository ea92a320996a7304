using System.Text.Json;
using System.Text.RegularExpressions;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using LipSync.Keys;
using LipSync.Preflights;
using LipSync.Slots;
using LipSync.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace LipSync.Tests.Security;

/// <summary>Every route against every kind of caller.</summary>
[Collection(GatewayCollection.Name)]
public sealed partial class RouteMatrixTests(GatewayFixture gateway) : IAsyncLifetime
{
    private const string OperatorsKey = "an operator's key of 32 characters";

    private WebApplication? app;
    private HttpClient? client;

    public static TheoryData<string> Routes => new(RouteCallers.Matrix.Select(row => row.Route));

    public static TheoryData<string> OwnedRoutes => new(RouteCallers.Matrix.Where(row => row.IsOwned).Select(row => row.Route));

    public async Task InitializeAsync()
    {
        app = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:Admin:Key", OperatorsKey));
        client = ClientOf(app);
        NewWorker();
    }

    public async Task DisposeAsync()
    {
        client!.Dispose();
        await app!.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_EachCaller_GetsWhatTheMatrixSays(string route)
    {
        var row = RouteCallers.Matrix.Single(row => row.Route == route);
        var (owner, other) = (gateway.World.NewAccount(), gateway.World.NewAccount());
        var revoked = gateway.World.NewAccount();
        gateway.World.Revoke(revoked);

        var statuses = new List<int>();
        foreach (var (header, key) in new[] { ("X-API-Key", owner.Key), ("X-API-Key", other.Key), ("", ""), ("X-API-Key", revoked.Key), ("X-Admin-Key", OperatorsKey) })
        {
            using var response = await Send(row, await NewThing(row, owner), header, key);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([row.Owner, row.Other, row.NoKey, row.Revoked, row.Admin], statuses);
    }

    [Theory]
    [MemberData(nameof(OwnedRoutes))]
    public async Task Route_IdOfAnotherAccount_AnswersExactlyAsAnUnknownOne(string route)
    {
        var row = RouteCallers.Matrix.Single(row => row.Route == route);
        var (owner, other) = (gateway.World.NewAccount(), gateway.World.NewAccount());

        using var foreign = await Send(row, await NewThing(row, owner), "X-API-Key", other.Key);
        using var unknown = await Send(row, UnknownThing(row), "X-API-Key", other.Key);

        Assert.Equal(await Told(unknown), await Told(foreign));

        static async Task<string> Told(HttpResponseMessage response)
        {
            var headers = response.Headers.Concat(response.Content.Headers)
                .Where(header => header.Key is not ("Date" or "RateLimit" or "X-RateLimit-Remaining"))
                .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
            var body = await response.Content.ReadAsStringAsync();
            return $"{response.StatusCode}\n{string.Join('\n', headers.Order(StringComparer.Ordinal))}\n{RequestId().Replace(body, "")}";
        }
    }

    [Fact]
    public void Routes_InTheRoutingTable_AreAllInTheMatrix() =>
        Assert.Equal(Table().Order(StringComparer.Ordinal), RouteCallers.Matrix.Select(row => row.Route).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Routes_InTheRoutingTable_AreAllDescribed()
    {
        using var document = JsonDocument.Parse(await client!.GetStringAsync("/openapi/v1.json"));
        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(
            Table().Except(RouteCallers.Undescribed.Keys, StringComparer.Ordinal).Select(Described).Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal));
    }

    /// <summary>Without the files of the page <c>/docs</c>, which are a library's.</summary>
    private IEnumerable<string> Table() => gateway.Endpoints.OfType<RouteEndpoint>()
        .SelectMany(
            route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"],
            (route, method) => $"{method} /{route.RoutePattern.RawText!.Trim('/')}")
        .Where(route => !route.StartsWith("GET /docs/", StringComparison.Ordinal) || route.EndsWith('}'))
        .Distinct(StringComparer.Ordinal);

    private async Task<HttpResponseMessage> Send(RouteCallers row, string thing, string header, string key)
    {
        var (method, pattern) = (row.Route[..row.Route.IndexOf(' ', StringComparison.Ordinal)], row.Route[(row.Route.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var path = Parameter().Replace(pattern, match => match.Groups["name"].Value switch
        {
            "jobId" or "keyId" or "analysisId" => thing,
            "documentName" => "v1",
            "worker" or "accountId" => "matrix",
            _ => "0",
        });
        using var request = new HttpRequestMessage(new HttpMethod(method), path + row.Query);
        request.Content = row.Body is { } body ? Answers.Json(body.Replace("{new}", $"matrix-{Guid.NewGuid():N}", StringComparison.Ordinal)) : null;
        if (header.Length > 0)
        {
            request.Headers.Add(header, key);
        }

        return await client!.SendAsync(request);
    }

    /// <summary>The id of a job or whatever else the route is about, made for this account.</summary>
    private async Task<string> NewThing(RouteCallers row, TestAccount owner)
    {
        if (row.Route.Contains("{analysisId}", StringComparison.Ordinal))
        {
            var id = PreflightId.New(DateTimeOffset.UnixEpoch);
            gateway.World.Jobs[id] = (owner.Id, () => World.FailedPreflight(id));
            return id;
        }

        if (!row.Route.Contains("{keyId}", StringComparison.Ordinal))
        {
            return NewJob(owner);
        }

        using var keys = gateway.NewClient(owner);
        using var made = await keys.PostAsync("/api/v1/keys", Answers.Json("""{"name":"matrix"}"""));
        return (await made.Body()).GetProperty("data").GetProperty("id").GetString()!;
    }

    private static string UnknownThing(RouteCallers row) => row.Route.Contains("{keyId}", StringComparison.Ordinal)
        ? ApiKeyId.Of(ApiKey.Generate().Hash)
        : row.Route.Contains("{analysisId}", StringComparison.Ordinal) ? PreflightId.New(DateTimeOffset.UnixEpoch) : JobId.New(DateTimeOffset.UnixEpoch);

    private string NewJob(TestAccount owner) => gateway.World.NewJob(owner, id => new JobView
    {
        JobId = id, InputType = InputType.Video, Status = JobStatus.Cancelled, Progress = 0,
        CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    });

    private void NewWorker()
    {
        gateway.World.Opened["matrix"] = new("matrix", World.Pro, 1000, 0);
        gateway.World.Members = [new("matrix", "127.0.0.1:11111@1", Draining: false)];
        gateway.World.Describe = worker => Task.FromResult(new WorkerView(worker, "Gpu", "-", DateTimeOffset.UnixEpoch, "1.2.3", 4, [], Draining: false));
        gateway.World.Slots = [];
    }

    private static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.Single()) };

    /// <summary>As the API description writes a pattern: without constraints.</summary>
    private static string Described(string route) => Parameter().Replace(route, "{${name}}");

    [GeneratedRegex("""\{\**(?<name>\w+)[^}]*\}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("""
        "requestId":"[^"]*"
        """, RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RequestId();
}
