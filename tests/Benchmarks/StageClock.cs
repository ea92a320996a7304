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

    private readonly List<Stage> asides = [];
    private Stage? reference;

    public async Task<T> Measure<T>(string stage, Func<Task<T>> work, Func<T, int> framesOf)
    {
        var (result, measured) = await Time(stage, work, framesOf);
        stages.Add(measured);
        return result;
    }

    /// <summary>What is done when the output is finished.</summary>
    public async Task<T> Aside<T>(string stage, Func<Task<T>> work, Func<T, int> framesOf)
    {
        var (result, measured) = await Time(stage, work, framesOf);
        asides.Add(measured);
        return result;
    }

    /// <summary>Something to compare all stages together with.</summary>
    public async Task Compare(string name, Func<Task<int>> work) => reference = (await Time(name, work, frames => frames)).Measured;

    /// <param name="seconds">Of the output.</param>
    /// <param name="frames">Of the output.</param>
    public void Print(double seconds, int frames)
    {
        Console.WriteLine($"{"stage",-18}{"seconds",9}{"own cpu",9}{"ffmpeg cpu",12}{"frames/s",10}{"frames/cpu s",14}{"peak MB",9}");
        stages.ForEach(Print);
        var all = new Stage(
            "all", Sum(stage => stage.Time), Sum(stage => stage.Own), Sum(stage => stage.Children), frames, stages.Max(stage => stage.PeakBytes));
        Print(all);
        Write($"{seconds / all.Time.TotalSeconds:0.00} x real time; the output lasts {seconds:0.0} s");
        asides.ForEach(Print);
        if (reference is { } plain)
        {
            Print(plain);
            Write($"{all.FramesPerSecond / plain.FramesPerSecond:0.00} x its frames/s, {all.FramesPerCpuSecond / plain.FramesPerCpuSecond:0.00} x its frames/cpu s");
        }
    }

    private static async Task<(T Result, Stage Measured)> Time<T>(string stage, Func<Task<T>> work, Func<T, int> framesOf)
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
        return (result, new(stage, time, ownAfter - own, spent, framesOf(result), watch.PeakBytes));
    }

    private TimeSpan Sum(Func<Stage, TimeSpan> time) => stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + time(stage));

    private static void Print(Stage stage) => Write(
        $"{stage.Name,-18}{stage.Time.TotalSeconds,9:0.00}{stage.Own.TotalSeconds,9:0.00}{stage.Children.TotalSeconds,12:0.00}{stage.FramesPerSecond,10:0}{stage.FramesPerCpuSecond,14:0}{stage.PeakBytes >> 20,9}");

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Stage(string Name, TimeSpan Time, TimeSpan Own, TimeSpan Children, int Frames, long PeakBytes)
    {
        public double FramesPerSecond => Frames / Time.TotalSeconds;

        public double FramesPerCpuSecond => Frames / (Own + Children).TotalSeconds;
    }
}
