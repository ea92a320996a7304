using LipSync.Tests.Processes;

namespace LipSync.Tests.Faults;

/// <summary>An item that kills every process which works on it.</summary>
public sealed class PoisonTests
{
    private const int Tries = 3;

    [Fact]
    public async Task Render_KillsItsSlotEachTime_FailsAfterThreeTriesWithCreditsBackAndOthersGoOn()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gpus = 1, Settings = Sets.ShortLeases });
        var visual = await cluster.UploadSpeech(1, "video");

        // Short enough for one chunk: of several each would have tries of its own.
        var poisoned = await cluster.SubmitOnce(new { imageUrl = visual, audioUrl = await cluster.UploadSpeech(2, "poison") });
        var deaths = Revive(cluster.Named("gpu-1"));
        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
            await cluster.SubmitOnce(new { imageUrl = visual, audioUrl = await cluster.UploadSpeech(4) })));

        var ended = await cluster.Client.UntilEnded(poisoned, Evidence.Patience);
        Assert.Equal(("failed", "processing_failed", 0), (
            ended.GetProperty("status").GetString(),
            ended.GetProperty("error").GetProperty("code").GetString(),
            ended.GetProperty("creditsUsed").GetInt64()));
        await deaths;
        foreach (var job in others)
        {
            await Evidence.OutputOf(cluster, job);
        }

        await Evidence.LedgerAgrees(cluster);
    }

    /// <summary>Starts the silo again after each of its deaths; fails where there are too few.</summary>
    private static async Task Revive(ProgramProcess silo)
    {
        for (var death = 0; death < Tries; death++)
        {
            await silo.Exited(Evidence.Patience);
            await silo.Start();
        }
    }
}
