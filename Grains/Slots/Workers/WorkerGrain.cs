using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace LipSync.Slots.Workers;

[GrainType("worker")]
[PinnedToWorker]
[Immovable]
public sealed class WorkerGrain(
    LocalSlots slots, LaunchedSlots launched, ILocalSiloDetails silo, IHostApplicationLifetime lifetime, IOptions<SlotOptions> options) : Grain, IWorkerGrain
{
    private static readonly string Version =
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public Task<WorkerView> Describe() => Task.FromResult(new WorkerView(
        options.Value.Worker,
        launched.Role,
        silo.SiloAddress.ToString(),
        slots.Started,
        Version,
        Environment.ProcessorCount,
        [.. slots.Devices],
        lifetime.ApplicationStopping.IsCancellationRequested));

    public Task Drain()
    {
        // Not on this turn: what stops with the process runs inside the call, and the answer would wait for it.
        _ = Task.Run(lifetime.StopApplication);
        return Task.CompletedTask;
    }
}
