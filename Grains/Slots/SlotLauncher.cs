using LipSync.Media.Ffmpeg;
using LipSync.Slots.Devices;
using LipSync.Slots.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Slots;

/// <summary>
/// Starts this process's slots once its silo runs, and drains them when it stops. Hosted after the silo, it is stopped before it:
/// what the last items have to report still goes out.
/// </summary>
internal sealed class SlotLauncher(
    LaunchedSlots launched,
    LocalSlots slots,
    WorkerNames names,
    DeviceDiscovery devices,
    ILipSyncEngine engine,
    IOptions<SlotOptions> options,
    ILogger<SlotLauncher> logger) : IHostedLifecycleService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        engine.RequireInstalled();
        if (!FfmpegProcess.IsSandboxed)
        {
            SlotLog.NoSandbox(logger);
        }

        // Before the folder is emptied: another process of the same name may be at work in it.
        await names.RequireOwn(cancellationToken);
        Scratch.DeleteLeftovers(options.Value);
        slots.Start(await devices.Find(launched.Kinds, cancellationToken));
    }

    /// <summary>The host calls this before it stops anything: no slot takes a lease while others take their time to stop.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _ = slots.Drain();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await slots.Stop().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host has no more time. The leases of what is left run out.
            SlotLog.CutOff(logger);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
