using System.Diagnostics;
using System.Globalization;
using LipSync.Tests.Processes;

namespace LipSync.Benchmarks.Cluster.Experiments;

/// <summary>
/// One job with twenty items a slot, on a renderer that sleeps: twenty times an item's time would be linear. The longest chunks that
/// there are, so that the plan is the same for every number of slots.
/// </summary>
internal static class Scaling
{
    private const int ItemsPerSlot = 20;
    private const int FramesPerItem = 300;
    private const double FrameMilliseconds = 5;

    public static async Task Run()
    {
        foreach (var slots in new[] { 1, 2, 8, 32 })
        {
            var shape = new ClusterShape { Gpus = 1, Slots = slots, FrameMilliseconds = FrameMilliseconds, Settings = LongJobs };
            await using var cluster = await LocalCluster.Start(shape);
            var seconds = await RenderSeconds(cluster, slots * ItemsPerSlot * FramesPerItem);
            var ideal = ItemsPerSlot * FramesPerItem * FrameMilliseconds / 1000;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{slots} slots: {slots * ItemsPerSlot / seconds:0.00} items/s in {seconds:0.0} s, {ideal / seconds:P0} of linear"));
        }
    }

    /// <summary>A plan that lets a job last for hours.</summary>
    public static Dictionary<string, string> LongJobs { get; } = new(StringComparer.Ordinal)
    {
        ["LipSync:Plans:Pro:LongestJobSeconds"] = "86400",
        ["LipSync:Plans:Pro:RequestsPerMinute"] = "100000",
    };

    /// <summary>From the first moment at which the job is seen to be rendered to the first at which it is not.</summary>
    public static async Task<double> RenderSeconds(LocalCluster cluster, int frames)
    {
        var visual = await cluster.UploadSpeech(1, "video");
        var speech = await cluster.UploadSpeech(frames / 25.0);
        var job = await cluster.Client.Submit(new { imageUrl = visual, audioUrl = speech });
        await cluster.Client.Until(job, status => StageOf(status) == "render");
        var clock = Stopwatch.StartNew();
        await cluster.Client.Until(job, status => StageOf(status) != "render", TimeSpan.FromMinutes(10));
        var seconds = clock.Elapsed.TotalSeconds;
        var ended = await cluster.Client.UntilEnded(job);
        return ended.GetProperty("status").GetString() == "completed" ? seconds : throw new InvalidOperationException($"The job did not complete: {ended}");
    }

    private static string? StageOf(System.Text.Json.JsonElement status) => status.TryGetProperty("stage", out var stage) ? stage.GetString() : null;
}
