using System.Diagnostics;

namespace LipSync.Benchmarks.Costs;

/// <summary>
/// Times stages, by the clock and in processor time, and watches memory, sampled every 100 ms: this process with all its children.
/// Processor time tells what a stage costs whoever else is at work on the machine.
/// </summary>
internal static class StageClock
{
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(100);

    /// <param name="costs">Takes the stage.</param>
    public static async Task<T> Measure<T>(string stage, ICollection<StageCost> costs, Func<Task<T>> work, Func<T, int> framesOf)
    {
        var watch = new TreeWatch();
        await using var sampler = new Timer(_ => watch.Sample(), null, TimeSpan.Zero, SampleEvery);
        var start = Stopwatch.GetTimestamp();
        var (own, children) = ProcessTree.ProcessorTime();
        var result = await work();
        var time = Stopwatch.GetElapsedTime(start);
        var (ownAfter, childrenAfter) = ProcessTree.ProcessorTime();

        // The sandbox doesn't see its child end, so the kernel doesn't tell its time: then the last sample is what is known.
        var spent = TimeSpan.FromTicks(Math.Max((childrenAfter - children).Ticks, watch.Children.Ticks));
        costs.Add(new(stage, time, ownAfter - own, spent, framesOf(result), watch.PeakBytes));
        return result;
    }
}
