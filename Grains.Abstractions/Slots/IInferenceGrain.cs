namespace LipSync.Slots;

/// <summary>
/// Speaks for one slot: one device of one worker, which pulls leases and runs the engine. Its key is <c>{worker}/{device}</c>; it
/// lives in its worker's process. Calls to a worker that is not in the cluster fail at once.
/// </summary>
[Alias("LipSync.IInferenceGrain")]
public interface IInferenceGrain : IGrainWithStringKey
{
    /// <summary>What the slot is doing; null: its worker has no such device.</summary>
    [Alias("Describe")]
    Task<SlotReport?> Describe();

    /// <summary>
    /// From now on the slot takes no lease; its item may end within the drain patience, then it is handed back. It stays so until
    /// its process restarts. Answers at once. False: its worker has no such device.
    /// </summary>
    [Alias("Drain")]
    Task<bool> Drain();
}
