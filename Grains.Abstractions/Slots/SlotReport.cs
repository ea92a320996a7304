using LipSync.Dispatch;

namespace LipSync.Slots;

/// <summary>What a slot is doing.</summary>
public enum SlotState
{
    /// <summary>It does not pull yet.</summary>
    Starting,

    /// <summary>It waits for an item.</summary>
    Ready,

    /// <summary>It works on an item.</summary>
    Busy,

    /// <summary>It takes no further item; the one at hand may end.</summary>
    Draining,

    /// <summary>Its device failed again and again; it takes nothing more until its process restarts.</summary>
    Poisoned,
}

/// <summary>A slot as it announces itself.</summary>
/// <param name="Slot"><c>{worker}/{device}</c>.</param>
/// <param name="Pool">The pool it pulls from, see <see cref="Pools"/>.</param>
/// <param name="Since">When it came into this state.</param>
/// <param name="Model">What does the work, and on what.</param>
/// <param name="ItemsDone">Items finished since its process started.</param>
/// <param name="FramesPerSecond">Recent speed of rendering; 0 where it rendered nothing yet.</param>
/// <param name="Item">The item at hand; null: none.</param>
[GenerateSerializer, Immutable, Alias("LipSync.SlotReport")]
public sealed record SlotReport(
    [property: Id(0)] string Slot,
    [property: Id(1)] string Worker,
    [property: Id(2)] string Device,
    [property: Id(3)] string Pool,
    [property: Id(4)] SlotState State,
    [property: Id(5)] DateTimeOffset Since,
    [property: Id(6)] string Model,
    [property: Id(7)] long ItemsDone,
    [property: Id(8)] double FramesPerSecond,
    [property: Id(9)] WorkItemId? Item)
{
    /// <summary>Whether it takes items.</summary>
    public bool Works => State is SlotState.Ready or SlotState.Busy;
}
