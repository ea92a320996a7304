using System.Diagnostics;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Faults;

/// <summary>Silos that go and do not come back in time.</summary>
public sealed class LostSiloTests
{
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Kill_OneOfTwoControlSilos_TheOtherTakesOverItsJobs()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Controls = 2, FrameMilliseconds = 5 });
        var request = new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(16) };
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

    [Fact]
    public Task Kill_AGpuSiloAtWork_ItsItemIsLeasedAgain() =>
        Lose(frameMilliseconds: 10, victim => victim.Kill(), within: Target * Sets.Slack, (_, _, _) => Task.CompletedTask);

    [Fact]
    public Task Freeze_AGpuSiloUntilAnotherHasItsItem_ItsLateReportIsRefused() =>
        Lose(frameMilliseconds: 10, victim => victim.Freeze(), within: 2 * Target * Sets.Slack, ThawWhileTheJobRuns);

    [Fact]
    [Trait(Sets.Trait, Sets.Long)]
    public Task Freeze_AGpuSiloForAMinute_ItsLateReportIsRefused() => Lose(
        frameMilliseconds: 40,
        victim => victim.Freeze(),
        within: 2 * Target * Sets.Slack,
        async (cluster, job, item) =>
        {
            using var minute = new PeriodicTimer(TimeSpan.FromSeconds(60));
            await minute.WaitForNextTickAsync();
            await ThawWhileTheJobRuns(cluster, job, item);

            // It was declared dead meanwhile, hears of it, and goes.
            await cluster.Named("gpu-1").Exited();
        });

    /// <summary>Takes gpu-1 away in the middle of an item.</summary>
    private static async Task Lose(
        double frameMilliseconds, Func<ProgramProcess, Task> fault, TimeSpan within, Func<LocalCluster, string, string, Task> afterwards)
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { FrameMilliseconds = frameMilliseconds, Settings = Sets.LeasesInTheLog });
        var (control, victim) = (cluster.Named("control-1"), cluster.Named("gpu-1"));
        var job = await cluster.SubmitOnce(new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(108) });
        var item = await Evidence.UntilLeased(control, "gpu-1/", "/Render/");

        var clock = Stopwatch.StartNew();
        await fault(victim);
        await Evidence.UntilLeased(control, "gpu-2/", item + " "); // chunk 1 is not chunk 10
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, within);
        await afterwards(cluster, job, item);

        await Evidence.OutputOf(cluster, job);
        Assert.Equal(9, (await cluster.Client.Status(job)).GetProperty("creditsUsed").GetInt64());
        await Evidence.LedgerAgrees(cluster);
    }

    private static async Task ThawWhileTheJobRuns(LocalCluster cluster, string job, string item)
    {
        var (control, victim) = (cluster.Named("control-1"), cluster.Named("gpu-1"));
        await victim.Thaw();
        await Evidence.UntilRefused(control, victim, item);
        Assert.Equal("processing", (await cluster.Client.Status(job)).GetProperty("status").GetString());
    }
}
