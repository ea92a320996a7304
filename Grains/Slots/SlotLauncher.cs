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
    IHostApplicationLifetime lifetime,
    ILogger<SlotLauncher> logger) : IHostedLifecycleService, IDisposable
{
    private CancellationTokenRegistration stopSignal;

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

        // At once: the host asks one service after the other to stop, and no slot shall take a lease while others take their time.
        stopSignal = lifetime.ApplicationStopping.Register(() => _ = slots.Drain());
    }

    /// <summary>The host calls this before it stops anything: while items end, the process still answers that it is not ready.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await slots.Drain().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host has no more time. The leases of what is left run out.
            SlotLog.CutOff(logger);
        }
    }

    /// <summary>Slots that could not drain in time are left to the end of the process.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested ? Task.CompletedTask : slots.Stop();

    public void Dispose() => stopSignal.Dispose();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
