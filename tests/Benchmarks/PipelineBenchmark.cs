using System.Globalization;
using LipSync.Benchmarks.Costs;

namespace LipSync.Benchmarks;

/// <summary>Runs the engine on files as a cluster would, and prints what each stage costs.</summary>
internal static class PipelineBenchmark
{
    public static async Task Run(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var run = await PipelineRun.Measure(options, cancellationToken);
        Console.WriteLine($"{"stage",-18}{"seconds",9}{"own cpu",9}{"ffmpeg cpu",12}{"frames/s",10}{"frames/cpu s",14}{"peak MB",9}");
        foreach (var stage in run.Stages)
        {
            Print(stage);
        }

        Print(run.All);
        Write($"{run.Seconds / run.All.Time.TotalSeconds:0.00} x real time; the output lasts {run.Seconds:0.0} s");
        Print(run.Review);
        foreach (var plain in run.Plain)
        {
            Print(plain);
            Write($"{run.All.FramesPerSecond / plain.FramesPerSecond:0.00} x its frames/s, {run.All.FramesPerCpuSecond / plain.FramesPerCpuSecond:0.00} x its frames/cpu s");
        }

        Console.WriteLine($"{run.Report.Opening} {run.Report.Closures} {string.Join(' ', run.Report.Warnings)}");
    }

    private static void Print(StageCost stage) => Write(
        $"{stage.Name,-18}{stage.Time.TotalSeconds,9:0.00}{stage.Own.TotalSeconds,9:0.00}{stage.Children.TotalSeconds,12:0.00}{stage.FramesPerSecond,10:0}{stage.FramesPerCpuSecond,14:0}{stage.PeakBytes >> 20,9}");

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
