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
    [InlineData("job/")]
    [InlineData("account/")]
    public async Task Postgres_ConnectionCutAfterCommit_TheRetryFindsTheSameJob(string record)
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { CuttingProxy = true });
        var request = new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(4) };
        var undisturbed = await Evidence.OutputOf(cluster, await cluster.SubmitOnce(request));

        var key = Guid.NewGuid().ToString("N");
        cluster.Proxy!.CutAfter(record);
        var job = await cluster.SubmitOnce(request, key);
        var output = await Evidence.OutputOf(cluster, job);

        Assert.Equal(1, cluster.Proxy.Cut);
        Assert.Equal(undisturbed, output);
        Assert.Equal(job, await cluster.SubmitOnce(request, key));
        Assert.Equal(2, await cluster.Query<long>("SELECT count(*) FROM jobs"));
        await Evidence.LedgerAgrees(cluster);
    }

    private static async Task Lose(bool frozen)
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { FrameMilliseconds = 5 });
        var request = new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(32) };
        var undisturbed = await Evidence.OutputOf(cluster, await cluster.SubmitOnce(request));
        var accepted = (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => cluster.SubmitOnce(request)))).ToList();

        await (frozen ? cluster.Postgres.Freeze() : cluster.Postgres.Stop());
        var answers = new List<HttpStatusCode>();
        var key = Guid.NewGuid().ToString("N");
        using (var gone = new CancellationTokenSource(TimeSpan.FromSeconds(frozen ? 30 : 5)))
        {
            while (!gone.IsCancellationRequested)
            {
                using var response = await cluster.Client.Post("/api/v1/lipsync/generate", request, ("Idempotency-Key", key));
                answers.Add(response.StatusCode);
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
