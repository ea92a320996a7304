using System.Diagnostics;
using System.Globalization;
using LipSync.Tests.Processes;

namespace LipSync.Benchmarks.Cluster.Experiments;

/// <summary>From the start of one more GPU silo's process to its first lease, while the cluster works.</summary>
internal static class AddSilo
{
    public static async Task Run()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape
        {
            Gpus = 1,
            FrameMilliseconds = 5,
            Settings = new Dictionary<string, string>(Scaling.LongJobs, StringComparer.Ordinal) { ["Logging:LogLevel:LipSync.Dispatch"] = "Debug" },
        });
        var job = await cluster.Client.Submit(new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(600) });
        await cluster.Client.Until(job, status => status.GetProperty("status").GetString() == "processing");
        var clock = Stopwatch.StartNew();
        var added = cluster.Add("gpu");
        var ready = added.Launch();
        var control = cluster.Named("control-1");
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!control.Log.Any(line => line.Contains($"Slot {added.Name}/", StringComparison.Ordinal) && line.Contains("leases", StringComparison.Ordinal)))
        {
            await poll.WaitForNextTickAsync();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first lease {clock.Elapsed.TotalSeconds:0.0} s after the process was started"));
        await ready;
    }
}
