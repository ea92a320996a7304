using System.Globalization;
using System.Net;
using Dapper;
using LipSync.Tests.Processes;
using Npgsql;

namespace LipSync.Benchmarks.Cluster.Experiments;

/// <summary>Pages of an account with 100 jobs and of one with 10,000, with and without a filter, from a gateway of its own over PostgreSQL.</summary>
internal static class JobLists
{
    private const int PerSecond = 40; // within the reads that the plan Pro allows
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private const string Insert = """
        INSERT INTO jobs (job_id, account_id, version, input_type, status, created_at, updated_at, credits_used, output_key, expires_at)
        SELECT 'job_' || md5(@account || n), @account, 9, 'Video', CASE WHEN n % 10 = 0 THEN 'Failed' ELSE 'Completed' END,
            now() - n * interval '1 second', now(), 5, 'jobs/' || n || '/output.mp4', now() + interval '7 days'
        FROM generate_series(1, @jobs) AS n
        """;

    public static async Task Run()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gpus = 0, DurableDatabase = true });
        await using var database = new NpgsqlConnection(cluster.Postgres.ConnectionString("lipsync", cluster.Database));
        using var http = new HttpClient();
        foreach (var jobs in new[] { 100, 10_000 })
        {
            var account = $"lists-{jobs}";
            var key = await cluster.CreateAccount(account);
            await database.ExecuteAsync(Insert, new { account, jobs });
            foreach (var query in new[] { "?limit=100", "?limit=20", "?limit=20&status=failed" })
            {
                await OpenLoop.Run(PerSecond, WarmUp, _ => Get(query, key));
                var (times, failed, rate) = await OpenLoop.Run(PerSecond, Duration, _ => Get(query, key));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{jobs} jobs, {query}: {rate:0}/s, {failed} failed, {times}"));
            }
        }

        async Task<bool> Get(string query, string key)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(cluster.Gateway.Url, "/api/v1/lipsync/jobs" + query));
            message.Headers.Add("X-API-Key", key);
            using var answer = await http.SendAsync(message);
            return answer.StatusCode is HttpStatusCode.OK;
        }
    }
}
