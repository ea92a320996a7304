using System.Diagnostics;
using System.Net;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Faults;

/// <summary>The database goes, stands still, or takes changes without saying so.</summary>
public sealed class DatabaseFaultTests
{
    [Fact]
    public Task Postgres_Restarted_AnswersAre503AndNothingAcceptedIsLost() => Lose(frozen: false);

    [Fact]
    [Trait(Sets.Trait, Sets.Long)]
    public Task Postgres_FrozenForHalfAMinute_AnswersAre503AndNothingAcceptedIsLost() => Lose(frozen: true);

    [Theory]
    [InlineData("job")]
    [InlineData("account")]
    public async Task Postgres_ConnectionCutAfterCommit_TheRetryFindsTheSameJob(string cut)
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { CuttingProxy = true });
        var request = new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(4) };
        var undisturbed = await Evidence.OutputOf(cluster, await cluster.SubmitOnce(request));
        await Evidence.LedgerAgrees(cluster);

        var key = Guid.NewGuid().ToString("N");
        var records = cut is "job" ? "job/job_" : $"account/{LocalCluster.Account}";
        var (before, committed) = (await Versions(cluster, records), 0L);
        cluster.Proxy!.CutAfter(["INSERT INTO grain_state", records], async () => committed = await Versions(cluster, records));
        var job = await cluster.SubmitOnce(request, key);
        var output = await Evidence.OutputOf(cluster, job);

        // What was cut off is a write, and it was made.
        Assert.Equal((1, before + 1), (cluster.Proxy.Cut, committed));
        Assert.Equal(undisturbed, output);
        Assert.Equal(job, await cluster.SubmitOnce(request, key));
        await Evidence.LedgerAgrees(cluster);
    }

    /// <summary>Grows by one with every write of one of these grains' records. Those of jobs that have ended are written no more.</summary>
    private static Task<long> Versions(LocalCluster cluster, string records) =>
        cluster.Query<long>("SELECT coalesce(sum(version), 0)::bigint FROM grain_state WHERE starts_with(grain_id, @records)", new { records });

    private static async Task Lose(bool frozen)
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { FrameMilliseconds = 5 });
        var request = new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(16) };
        var undisturbed = await Evidence.OutputOf(cluster, await cluster.SubmitOnce(request));
        var accepted = (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => cluster.SubmitOnce(request)))).ToList();

        await (frozen ? cluster.Postgres.Freeze() : cluster.Postgres.Stop());
        var answers = new List<HttpStatusCode>();
        var key = Guid.NewGuid().ToString("N");
        using (var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(250))) // the account's rate limit counts these too
        {
            var began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(frozen ? 30 : 5))
            {
                using var response = await cluster.Client.Post("/api/v1/lipsync/generate", request, ("Idempotency-Key", key));
                answers.Add(response.StatusCode);
                await poll.WaitForNextTickAsync();
            }
        }

        await (frozen ? cluster.Postgres.Thaw() : cluster.Postgres.Restart());
        accepted.Add(await cluster.SubmitOnce(request, key));

        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer));
        foreach (var job in accepted)
        {
            Assert.Equal(undisturbed, await Evidence.OutputOf(cluster, job));
        }

        Assert.Equal(accepted.Count + 1, await cluster.Query<long>("SELECT count(*) FROM jobs WHERE status = 'Completed'"));
        await Evidence.LedgerAgrees(cluster);
    }
}
