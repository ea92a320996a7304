using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LipSync.Dispatch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Slots.Devices;

/// <summary>
/// What this machine has to work on: its GPUs as <c>nvidia-smi</c> names them, or as many processor slots as the options say, and
/// the media slots.
/// </summary>
public sealed partial class DeviceDiscovery(IOptions<SlotOptions> options, TimeProvider time, ILogger<DeviceDiscovery> logger)
{
    private const string Cpu = "CPU";

    // Whatever the device: the built-in engine knows no other. Packs with networks for GPUs will say what they run on.
    private const string BuiltIn = "built-in engine, on the CPU";
    private static readonly string[] Query = ["--query-gpu=index,name,memory.total", "--format=csv,noheader"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>One device for each slot that this process offers.</summary>
    public async Task<ImmutableArray<DeviceView>> Find(SlotKinds kinds, CancellationToken cancellationToken)
    {
        List<DeviceView> found = [];
        if (kinds.HasFlag(SlotKinds.Devices))
        {
            var gpus = options.Value.DiscoverGpus ? await FindGpus(cancellationToken) : [];
            found.AddRange(gpus.Count > 0 ? gpus : Numbered("cpu", options.Value.CpuSlots, Pools.Gpu, BuiltIn));
        }

        if (kinds.HasFlag(SlotKinds.Media))
        {
            found.AddRange(Numbered("media", options.Value.MediaSlots, Pools.Cpu, "ffmpeg, on the CPU"));
        }

        return [.. found];
    }

    private static IEnumerable<DeviceView> Numbered(string name, int count, string pool, string model) =>
        Enumerable.Range(0, count).Select(number => new DeviceView(Invariant($"{name}-{number}"), pool, Cpu, model));

    private async Task<IReadOnlyList<DeviceView>> FindGpus(CancellationToken cancellationToken)
    {
        try
        {
            var gpus = Read(await Ask(cancellationToken));
            LogGpus(gpus.Count);
            return gpus;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or TimeoutException or FormatException)
        {
            LogNoGpus(exception.Message);
            return [];
        }
    }

    private async Task<string> Ask(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(options.Value.NvidiaSmi, Query) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var asked = Process.Start(start)!;
        try
        {
            var (answer, complaint) = (asked.StandardOutput.ReadToEndAsync(cancellationToken), asked.StandardError.ReadToEndAsync(cancellationToken));
            await Task.WhenAll(answer, complaint, asked.WaitForExitAsync(cancellationToken)).WaitAsync(Patience, time, cancellationToken);
            return asked.ExitCode == 0
                ? await answer
                : throw new IOException(Invariant($"{options.Value.NvidiaSmi} ended with code {asked.ExitCode}: {await answer}{await complaint}").Trim());
        }
        finally
        {
            if (!asked.HasExited)
            {
                asked.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Lines such as <c>0, NVIDIA H100 80GB HBM3, 81559 MiB</c>.</summary>
    private static List<DeviceView> Read(string answer) =>
        [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line =>
            line.Split(", ", 2) is [var index, var hardware] && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new DeviceView(Invariant($"cuda-{number}"), Pools.Gpu, hardware, BuiltIn)
                : throw new FormatException($"nvidia-smi answered '{line}'."))];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    [LoggerMessage(LogLevel.Information, "Found {Count} GPUs.")]
    private partial void LogGpus(int count);

    [LoggerMessage(LogLevel.Information, "No GPU can be used here, the slots work on processor cores: {Reason}")]
    private partial void LogNoGpus(string reason);
}
