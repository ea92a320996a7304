using System.Diagnostics;
using LipSync.Tests.Processes;
using LipSync.Tests.Service;

namespace LipSync.Tests.Faults;

/// <summary>More silos change how long a job takes and nothing else.</summary>
public sealed class ManySilosTests
{
    [Fact]
    public async Task Render_OnTwoGpuSilosAndOnOne_GivesTheSameBytes()
    {
        using var media = new TestMedia();
        await using var cluster = await LocalCluster.Start(new ClusterShape { FrameMilliseconds = null, Settings = Sets.LeasesInTheLog });
        // A portrait moves by itself otherwise, each job in a way of its own.
        var request = new { imageUrl = await cluster.Client.Upload(media.Portrait), audioUrl = await cluster.Client.Upload(media.LongSpeech), settings = new { resolution = "480p", motion = "none" } };

        var byTwo = await Evidence.OutputOf(cluster, await cluster.SubmitOnce(request));
        Assert.All(["gpu-1/", "gpu-2/"], slot => Assert.Contains(cluster.Named("control-1").Log, line =>
            line.Contains($"Slot {slot}", StringComparison.Ordinal) && line.Contains("/Render/", StringComparison.Ordinal)));
        await cluster.Named("gpu-2").Terminate();
        var byOne = await Evidence.OutputOf(cluster, await cluster.SubmitOnce(request));

        Assert.Equal(byTwo, byOne);
    }

    [Fact]
    public async Task Add_ASiloToAWorkingCluster_ItSoonHasItsFirstLease()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gpus = 1, FrameMilliseconds = 5, Settings = Sets.LeasesInTheLog });
        var job = await cluster.SubmitOnce(new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(240) });
        await cluster.Client.Until(job, status => status.TryGetProperty("stage", out var stage) && stage.GetString() == "render");

        var clock = Stopwatch.StartNew();
        await cluster.StartNew("gpu");
        await Evidence.UntilLeased(cluster.Named("control-1"), "gpu-2/", "/Render/");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10) * Sets.Slack);
        await Evidence.OutputOf(cluster, job);
    }
}
