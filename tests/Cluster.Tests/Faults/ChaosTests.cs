using LipSync.Tests.Processes;

namespace LipSync.Tests.Faults;

/// <summary>Everything dies, again and again.</summary>
public sealed class ChaosTests
{
    private const int Jobs = 200;
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(10);

    [Fact]
    [Trait(Sets.Trait, Sets.Long)]
    public async Task Kill_EveryTenSecondsForTenMinutes_EveryJobEndsOnceAndTheLedgerAgrees()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gateways = 2, Controls = 2, Gpus = 3, FrameMilliseconds = 5, Settings = Sets.ShortLeases });
        var request = new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(16) };
        var undisturbed = await Evidence.Completed(cluster, await cluster.SubmitOnce(request));
        using var ending = new CancellationTokenSource(Duration);
        var killing = KillOneAfterTheOther(cluster, ending.Token);
        List<string> accepted = [];
        using (var submissions = new PeriodicTimer(Duration / (Jobs + 10)))
        {
            while (accepted.Count < Jobs && await submissions.WaitForNextTickAsync())
            {
                accepted.Add(await cluster.SubmitOnce(request));
            }
        }

        var kills = await killing;
        Assert.InRange(kills, 30, 61);
        foreach (var job in accepted)
        {
            var (output, took) = await Evidence.Completed(cluster, job);
            Assert.Equal(undisturbed.Output, output);
            Assert.True(took <= undisturbed.Took + Evidence.Patience, $"Job {job} took {took}, undisturbed {undisturbed.Took}.");
        }

        Assert.Equal(Jobs, accepted.Distinct(StringComparer.Ordinal).Count());
        await Evidence.LedgerAgrees(cluster);
    }

    /// <summary>Kills gateways and silos in turn, never all of one role at once, and starts each again; answers how many it killed.</summary>
    private static async Task<int> KillOneAfterTheOther(LocalCluster cluster, CancellationToken ending)
    {
        string[] victims = ["gpu-1", "control-1", "gateway-1", "gpu-2", "control-2", "gateway-2", "gpu-3"];
        using var timer = new PeriodicTimer(BetweenKills);
        var kills = 0;
        while (!ending.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            var victim = cluster.Named(victims[kills++ % victims.Length]);
            await victim.Kill();
            await victim.Start();
        }

        return kills;
    }
}
