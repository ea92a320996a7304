using System.Diagnostics;
using System.Globalization;

namespace LipSync.Benchmarks;

/// <summary>
/// Times stages, by the clock and in processor time, and watches memory, sampled every 100 ms: this process with all its children.
/// Processor time tells what a stage costs whoever else is at work on the machine.
/// </summary>
internal sealed class StageClock
{
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(100);

    private readonly List<Stage> stages = [];

    public async Task<T> Measure<T>(string stage, Func<Task<T>> work, Func<T, int> framesOf)
    {
        var peak = 0L;
        using var sampler = new Timer(_ => peak = Math.Max(peak, ProcessTree.ResidentBytes(Environment.ProcessId)), null, TimeSpan.Zero, SampleEvery);
        var start = Stopwatch.GetTimestamp();
        var (ownBefore, childrenBefore) = ProcessTree.ProcessorTime();
        var result = await work();
        var (own, children) = ProcessTree.ProcessorTime();
        stages.Add(new(stage, Stopwatch.GetElapsedTime(start), own - ownBefore, children - childrenBefore, framesOf(result), peak));
        return result;
    }

    /// <param name="seconds">Of the output.</param>
    /// <param name="frames">Of the output.</param>
    public void Print(double seconds, int frames)
    {
        Console.WriteLine($"{"stage",-18}{"seconds",9}{"own cpu",9}{"ffmpeg cpu",12}{"frames/s",10}{"frames/cpu s",14}{"peak MB",9}");
        stages.ForEach(Print);
        var all = new Stage(
            "all", Sum(stage => stage.Time), Sum(stage => stage.Own), Sum(stage => stage.Children), frames, stages.Max(stage => stage.PeakBytes));
        Print(all);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds / all.Time.TotalSeconds:0.00} x real time; the output lasts {seconds:0.0} s"));
    }

    private TimeSpan Sum(Func<Stage, TimeSpan> time) => stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + time(stage));

    private static void Print(Stage stage)
    {
        var (seconds, own, children) = (stage.Time.TotalSeconds, stage.Own.TotalSeconds, stage.Children.TotalSeconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{stage.Name,-18}{seconds,9:0.00}{own,9:0.00}{children,12:0.00}{Rate(stage.Frames, seconds),10}{Rate(stage.Frames, own + children),14}{stage.PeakBytes >> 20,9}"));
    }

    private static string Rate(int frames, double seconds) => frames == 0 ? "" : (frames / seconds).ToString("0", CultureInfo.InvariantCulture);

    private sealed record Stage(string Name, TimeSpan Time, TimeSpan Own, TimeSpan Children, int Frames, long PeakBytes);
}
