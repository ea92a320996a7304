using System.Globalization;
using LipSync.Tests.Processes;

namespace LipSync.Benchmarks.Cluster.Experiments;

/// <summary>One video of 60 s on one and on two GPU silos with one sleeping slot each.</summary>
internal static class TwoSilos
{
    private const int Frames = 60 * 25;

    public static async Task Run()
    {
        var one = await Seconds(gpus: 1);
        var two = await Seconds(gpus: 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one silo {one:0.0} s, two {two:0.0} s: {one / two:0.00} times faster"));
    }

    private static async Task<double> Seconds(int gpus)
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gpus = gpus, FrameMilliseconds = 20 });
        return await Scaling.RenderSeconds(cluster, Frames);
    }
}
