using LipSync.Dispatch;
using LipSync.Media.Ffmpeg;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Slots;

/// <summary>Starts this machine's slots, makes sure that they go on pulling, and drains them when the machine stops.</summary>
public sealed class SlotLauncher(
    IGrainFactory grains, ILipSyncEngine engine, LaunchedSlots launched, IOptions<SlotOptions> options, TimeProvider time, ILogger<SlotLauncher> logger)
    : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Scratch.DeleteLeftovers(options.Value);
        engine.RequireInstalled();
        if (!FfmpegProcess.IsSandboxed)
        {
            SlotLog.NoSandbox(logger);
        }

        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ForEach((slot, _) => slot.Drain().WaitAsync(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Supervision, time);
        do
        {
            await ForEach((slot, pool) => slot.Start(pool));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private Task ForEach(Func<IInferenceGrain, string, Task> act) => Task.WhenAll(
        [
            .. Numbers(SlotKinds.Devices, options.Value.CpuSlots).Select(number => Act($"cpu-{number}", Pools.Gpu, act)),
            .. Numbers(SlotKinds.Media, options.Value.MediaSlots).Select(number => Act($"media-{number}", Pools.Cpu, act)),
        ]);

    private IEnumerable<int> Numbers(SlotKinds kind, int count) => launched.Kinds.HasFlag(kind) ? Enumerable.Range(0, count) : [];

    private async Task Act(string device, string pool, Func<IInferenceGrain, string, Task> act)
    {
        var slot = $"{options.Value.Worker}/{device}";
        try
        {
            await act(grains.GetGrain<IInferenceGrain>(slot), pool);
        }
        catch (Exception exception)
        {
            SlotLog.SlotUnreachable(logger, exception, slot);
        }
    }
}
