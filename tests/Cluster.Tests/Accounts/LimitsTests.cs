using System.Diagnostics;
using System.Net;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Accounts;

/// <summary>Three gateways before one cluster, which does no work: what is accepted stays, and its credits stay held.</summary>
public sealed class LimitsTests : IAsyncLifetime
{
    private const int Gateways = 3;
    private const int Clients = 64;

    // Costs one credit at most.
    private static readonly object Request = new
    {
        videoUrl = "https://example.com/video.mp4", audioUrl = "https://example.com/speech.mp3", settings = new { maxDuration = 10 },
    };

    private LocalCluster? started;

    private LocalCluster Cluster => started!;

    public async Task InitializeAsync() => started = await LocalCluster.Start(new ClusterShape
    {
        Gateways = Gateways,
        Gpus = 0,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LipSync:Slots:MediaSlots"] = "0",
            ["LipSync:Plans:Pro:RequestsPerMinute"] = "100000",
        },
    });

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    [Fact]
    public async Task Generate_AThousandTimesOnABalanceForTen_IsAcceptedTenTimes()
    {
        const int requests = 1000;
        using var clients = await Customers("thrifty", "pro", credits: 10);
        var next = 0;
        var statuses = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
        {
            var seen = new List<HttpStatusCode>();
            while (Interlocked.Increment(ref next) <= requests)
            {
                seen.Add(await clients.Generate(number));
            }

            return seen;
        }));

        Assert.Equal(
            [(HttpStatusCode.Accepted, 10), (HttpStatusCode.PaymentRequired, requests - 10)],
            statuses.SelectMany(seen => seen).CountBy(status => status).OrderBy(count => count.Key).Select(count => (count.Key, count.Value)));
        Assert.Equal(10, await Cluster.Query<long>("SELECT count(*) FROM jobs WHERE account_id = 'thrifty'"));
    }

    [Fact]
    public async Task RateLimit_AtThreeGatewaysAtOnce_IsThePlansInAll()
    {
        const int perMinute = 10;
        using var clients = await Customers("eager", "free", credits: 100);
        var clock = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(clients.Post));

        var sinceRefilled = (int)(clock.Elapsed.TotalMinutes * perMinute);
        Assert.InRange(answers.Count(answer => answer.StatusCode is HttpStatusCode.Accepted), perMinute, perMinute + sinceRefilled + 1);
        var refused = answers.Where(answer => answer.StatusCode is not HttpStatusCode.Accepted).ToList();
        Assert.All(refused, answer => Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode));

        // As long as the last of them was told to wait, and no longer.
        var wait = refused.Max(answer => answer.Headers.RetryAfter!.Delta!.Value);
        Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60.0 / perMinute));
        using var told = new PeriodicTimer(wait);
        await told.WaitForNextTickAsync();
        Assert.Equal(HttpStatusCode.Accepted, await clients.Generate(0));
    }

    private async Task<Crowd> Customers(string accountId, string plan, long credits)
    {
        using var response = await Cluster.Client.Post("/api/v1/admin/accounts", new { accountId, plan, credits }, ("X-Admin-Key", Cluster.AdminKey));
        var key = (await ServiceClient.Data(response)).GetProperty("key").GetString()!;
        return new Crowd([.. Enumerable.Range(1, Gateways).Select(number =>
        {
            var client = new ServiceClient(Cluster.Named($"gateway-{number}").Url);
            client.Authenticate(key);
            return client;
        })]);
    }

    /// <summary>Customers of one account, spread over the gateways.</summary>
    private sealed class Crowd(ServiceClient[] clients) : IDisposable
    {
        public Task<HttpResponseMessage> Post(int customer) => clients[customer % clients.Length].Post("/api/v1/lipsync/generate", Request);

        public async Task<HttpStatusCode> Generate(int customer)
        {
            using var response = await Post(customer);
            return response.StatusCode;
        }

        public void Dispose()
        {
            foreach (var client in clients)
            {
                client.Dispose();
            }
        }
    }
}
