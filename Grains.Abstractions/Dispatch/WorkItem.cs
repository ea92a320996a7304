using LipSync.Accounts;
using LipSync.Jobs;

namespace LipSync.Dispatch;

/// <summary>Names one item of one job; the same in queue, slot and job.</summary>
/// <param name="Index">The chunk's number for <see cref="Stage.Render"/>, else 0.</param>
[GenerateSerializer, Immutable, Alias("LipSync.WorkItemId")]
public readonly record struct WorkItemId(
    [property: Id(0)] string JobId,
    [property: Id(1)] Stage Stage,
    [property: Id(2)] int Index)
{
    public override string ToString() => $"{JobId}/{Stage}/{Index}";
}

/// <summary>A reference to work that waits: what the queue needs to be fair, nothing of the work itself.</summary>
/// <param name="Seconds">Estimated work, in seconds of one slot.</param>
/// <param name="Fence">The largest fence under which it is known to have been leased; 0: none. Its next lease has a larger one, whatever the clock says.</param>
[GenerateSerializer, Immutable, Alias("LipSync.WorkItem")]
public sealed record WorkItem(
    [property: Id(0)] WorkItemId Id,
    [property: Id(1)] string AccountId,
    [property: Id(2)] Plan Plan,
    [property: Id(3)] double Seconds,
    [property: Id(4)] long Fence = 0);
