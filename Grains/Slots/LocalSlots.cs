using System.Collections.Immutable;
using LipSync.Dispatch;
using LipSync.Slots.Leases;
using LipSync.Slots.Status;
using LipSync.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Slots;

/// <summary>
/// The slots of this process. They live as long as it does, whatever becomes of the grains that speak for them: a lost activation
/// costs no work, and a poisoned device stays poisoned.
/// </summary>
public sealed class LocalSlots(
    IGrainFactory grains,
    WorkSteps steps,
    IOptions<SlotOptions> options,
    IOptions<DispatchOptions> dispatch,
    TimeProvider time,
    ILogger<SlotPump> logger)
{
    private ImmutableDictionary<string, SlotPump> pumps = ImmutableDictionary<string, SlotPump>.Empty;

    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>What its slots work on.</summary>
    public ImmutableArray<DeviceView> Devices { get; private set; } = [];

    /// <summary>Begins to pull, one slot for each device.</summary>
    public void Start(ImmutableArray<DeviceView> devices)
    {
        Devices = devices;
        pumps = devices.Select(Create).ToImmutableDictionary(pump => pump.Status.Report.Slot, StringComparer.Ordinal);
        foreach (var pump in pumps.Values)
        {
            pump.Start();
        }
    }

    /// <summary>Null: this process has no such slot.</summary>
    public SlotPump? Find(string slot) => pumps.GetValueOrDefault(slot);

    /// <summary>Takes no further lease from this moment on; completes when every item has ended or is handed back.</summary>
    public Task Drain() => Task.WhenAll(pumps.Values.Select(pump => pump.Drain()));

    /// <summary>Drains, and falls silent.</summary>
    public Task Stop() => Task.WhenAll(pumps.Values.Select(pump => pump.DisposeAsync().AsTask()));

    private SlotPump Create(DeviceView device)
    {
        var status = new SlotStatus(options.Value.Worker, device, time);
        var leases = new LeaseSource(status.Report.Slot, device.Pool, dispatch.Value, grains, time, logger);
        return new(status, leases, grains, steps, options.Value, time, logger);
    }
}
