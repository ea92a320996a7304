using Orleans.Placement;

namespace LipSync.Slots.Workers;

/// <summary>A slot's name in the cluster. The work itself is done by its <see cref="SlotPump"/>, which needs no grain to go on.</summary>
[GrainType("inference")]
[PinnedToWorker]
[Immovable]
public sealed class InferenceGrain(LocalSlots slots) : Grain, IInferenceGrain
{
    private SlotPump? Pump => slots.Find(this.GetPrimaryKeyString());

    public Task<SlotReport?> Describe() => Task.FromResult(Pump?.Status.Report);

    public Task<bool> Drain()
    {
        // Its end may be further away than a call may last; the directory shows it.
        _ = Pump?.Drain();
        return Task.FromResult(Pump is not null);
    }
}
