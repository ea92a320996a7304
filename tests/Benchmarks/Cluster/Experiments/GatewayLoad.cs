using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using LipSync.Tests.Processes;

namespace LipSync.Benchmarks.Cluster.Experiments;

/// <summary>Open-loop load on a gateway of its own with everything, this program too, on one machine; and the same on a minimal API that does nothing.</summary>
internal static class GatewayLoad
{
    private const int Accounts = 20;
    private const int Jobs = 200;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task Run()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gpus = 0, DurableDatabase = true, Settings = Scaling.LongJobs });
        await using var bare = ProgramProcess.WithDoubles("bare", "bare", new Dictionary<string, string>(StringComparer.Ordinal));
        await bare.Start();
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan });
        var keys = await Task.WhenAll(Enumerable.Range(0, Accounts).Select(number => cluster.CreateAccount($"bench-{number}")));
        var request = new { imageUrl = "https://example.com/face.jpg", audioUrl = "https://example.com/speech.mp3", settings = new { maxDuration = 10 } };

        // Some jobs to ask for. No slot renders here, so they wait.
        var jobs = new string[Jobs];
        for (var job = 0; job < Jobs; job++)
        {
            using var answer = await Post(job);
            jobs[job] = (await ServiceClient.Data(answer)).GetProperty("jobId").GetString()!;
        }

        foreach (var (name, rate, send) in new (string, int, Func<int, Task<bool>>)[]
        {
            ("bare minimal API, GET", 3000, number => Get(new Uri(bare.Url, "/"), key: null)),
            ("status", 3000, number => Get(new Uri(cluster.Gateway.Url, $"/api/v1/lipsync/status/{jobs[number % Jobs]}"), keys[number % Jobs % Accounts])),
            ("generate", 200, async number =>
            {
                using var answer = await Post(number);
                return answer.StatusCode is HttpStatusCode.Accepted;
            }),
        })
        {
            await OpenLoop.Run(rate / 2, WarmUp, send);
            var (times, failed, reached) = await OpenLoop.Run(rate, Duration, send);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} at {rate}/s: {reached:0}/s answered, {failed} failed, {times}"));
        }

        async Task<bool> Get(Uri url, string? key)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, url);
            if (key is not null)
            {
                message.Headers.Add("X-API-Key", key);
            }

            using var answer = await http.SendAsync(message);
            return answer.StatusCode is HttpStatusCode.OK;
        }

        Task<HttpResponseMessage> Post(int number) => http.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(cluster.Gateway.Url, "/api/v1/lipsync/generate"))
        {
            Content = JsonContent.Create(request),
            Headers = { { "X-API-Key", keys[number % Accounts] } },
        });
    }
}
