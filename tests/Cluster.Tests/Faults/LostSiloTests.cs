using System.Diagnostics;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Faults;

/// <summary>Silos that go and do not come back in time.</summary>
public sealed class LostSiloTests
{
    [Fact]
    public async Task Kill_OneOfTwoControlSilos_TheOtherTakesOverItsJobs()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Controls = 2, FrameMilliseconds = 5 });
        var request = new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(32) };
        var undisturbed = await Evidence.OutputOf(cluster, await cluster.SubmitOnce(request));
        var jobs = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.SubmitOnce(request)));
        await cluster.Client.Until(jobs[0], status => status.GetProperty("status").GetString() == "processing");

        await cluster.Named("control-1").Kill();

        foreach (var job in jobs)
        {
            Assert.Equal(undisturbed, await Evidence.OutputOf(cluster, job));
        }

        Assert.True(cluster.Named("control-1").HasExited);
        await Evidence.LedgerAgrees(cluster);
    }

    [Theory]
    [InlineData(false, 15)]
    [InlineData(true, 30)]
    public async Task Lose_AGpuSiloAtWork_ItsItemIsLeasedAgainInTimeAndItsLateWriteChangesNothing(bool frozen, int seconds)
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { FrameMilliseconds = 5, Settings = Sets.LeasesInTheLog });
        var (control, victim) = (cluster.Named("control-1"), cluster.Named("gpu-1"));
        var job = await cluster.SubmitOnce(new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(180) });
        var item = await Evidence.UntilLeased(control, "gpu-1/", "/Render/");

        var clock = Stopwatch.StartNew();
        await (frozen ? victim.Freeze() : victim.Kill());
        await Evidence.UntilLeased(control, "gpu-2/", item + " "); // chunk 1 is not chunk 10
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(seconds));

        var output = await Evidence.OutputOf(cluster, job);
        if (frozen)
        {
            await victim.Thaw();

            // It was declared dead meanwhile, hears of it, and goes.
            await victim.Exited();
        }

        Assert.Equal(output, await Evidence.OutputOf(cluster, job));
        Assert.Equal(15, (await cluster.Client.Status(job)).GetProperty("creditsUsed").GetInt64());
        await Evidence.LedgerAgrees(cluster);
    }
}
