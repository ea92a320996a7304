namespace LipSync.Slots;

/// <summary>
/// One slot: one device of one worker that pulls leases and runs the engine. Its key is <c>{worker}/{device}</c>.
/// </summary>
[Alias("LipSync.IInferenceGrain")]
public interface IInferenceGrain : IGrainWithStringKey
{
    /// <summary>Starts pulling from the pool, if it doesn't pull already.</summary>
    [Alias("Start")]
    Task Start(string pool);

    /// <summary>Takes no further lease, stops the running item and hands it back; completes when that is done.</summary>
    [Alias("Drain")]
    Task Drain();
}
