using System.Diagnostics;
using System.Globalization;

namespace LipSync.Benchmarks;

/// <summary>Times stages and watches memory: this process with all its children, sampled every 100 ms.</summary>
internal sealed class StageClock
{
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(100);

    private readonly List<(string Stage, TimeSpan Time, int Frames, long PeakBytes)> stages = [];

    public async Task<T> Measure<T>(string stage, Func<Task<T>> work, Func<T, int> framesOf)
    {
        var peak = 0L;
        using var sampler = new Timer(_ => peak = Math.Max(peak, ProcessMemory.OfTree(Environment.ProcessId)), null, TimeSpan.Zero, SampleEvery);
        var start = Stopwatch.GetTimestamp();
        var result = await work();
        var time = Stopwatch.GetElapsedTime(start);
        stages.Add((stage, time, framesOf(result), peak));
        return result;
    }

    public void Print(double speechSeconds)
    {
        Console.WriteLine($"{"stage",-18}{"seconds",9}{"frames/s",10}{"peak MB",9}");
        foreach (var (stage, time, frames, peak) in stages)
        {
            var rate = frames == 0 ? "" : (frames / time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage,-18}{time.TotalSeconds,9:0.00}{rate,10}{peak >> 20,9}"));
        }

        var total = stages.Sum(stage => stage.Time.TotalSeconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{"all",-18}{total,9:0.00}{"",10}{stages.Max(stage => stage.PeakBytes) >> 20,9}   {total / speechSeconds:0.00} x the speech's {speechSeconds:0.0} s"));
    }
}
