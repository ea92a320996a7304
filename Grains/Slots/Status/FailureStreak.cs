using LipSync.Jobs;

namespace LipSync.Slots.Status;

/// <summary>
/// Tells a broken device from a bad item: the device is broken when items of several different jobs failed on it at the same stage
/// with no success at that stage in between. The same item coming back again and again counts once. Pure.
/// </summary>
/// <param name="limit">Jobs that make a broken device.</param>
public sealed class FailureStreak(int limit)
{
    private readonly HashSet<(Stage Stage, string JobId)> failed = [];

    /// <summary>A machine's fault ended an item. True: the device is broken.</summary>
    public bool Failed(Stage stage, string jobId)
    {
        failed.Add((stage, jobId));
        return failed.Count(failure => failure.Stage == stage) >= limit;
    }

    public void Succeeded(Stage stage) => failed.RemoveWhere(failure => failure.Stage == stage);
}
