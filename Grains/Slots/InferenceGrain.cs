using LipSync.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace LipSync.Slots;

/// <summary>A slot's name in the cluster; the work itself is done by its <see cref="SlotPump"/>.</summary>
[GrainType("inference")]
[PreferLocalPlacement]
[Immovable]
[CollectionAgeLimit(AlwaysActive = true)]
public sealed class InferenceGrain(
    WorkSteps steps,
    IOptions<SlotOptions> options,
    TimeProvider time,
    ILogger<SlotPump> logger) : Grain, IInferenceGrain, IDisposable
{
    private SlotPump? pump;

    public Task Start(string pool)
    {
        if (pump is null)
        {
            pump = new(this.GetPrimaryKeyString(), pool, GrainFactory, steps, options.Value, time, logger);
            pump.Start();
        }

        return Task.CompletedTask;
    }

    public async Task Drain()
    {
        if (pump is { } draining)
        {
            await draining.Drain();
            draining.Dispose();
            pump = null;
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Drain();

    public void Dispose() => pump?.Dispose();
}
