using LipSync.Slots;

namespace LipSync.Gateway.Admin;

/// <summary>The silos of the cluster.</summary>
public sealed record SilosAnswer(IReadOnlyList<SiloAnswer> Silos);

/// <summary>A silo, and what its process said of itself. Members that it did not tell are left out.</summary>
public sealed record SiloAnswer
{
    /// <summary>Its name (<c>LipSync:Slots:Worker</c>).</summary>
    public required string Worker { get; init; }

    /// <summary><c>All</c>, <c>Control</c> or <c>Gpu</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Where the other silos reach it, with the number of its start.</summary>
    public required string Address { get; init; }

    public string? Version { get; init; }

    public DateTimeOffset? Started { get; init; }

    /// <summary>Whether it is about to stop.</summary>
    public required bool Draining { get; init; }

    /// <summary>Processor cores that it may use.</summary>
    public int? Processors { get; init; }

    /// <summary>Whether it did not answer within two seconds.</summary>
    public required bool Unreachable { get; init; }

    /// <summary>As they announced themselves lately; left out where nobody knows.</summary>
    public IReadOnlyList<SlotAnswer>? Slots { get; init; }
}

/// <summary>A slot: it takes one item of work at a time.</summary>
/// <param name="Slot"><c>{worker}/{device}</c>.</param>
/// <param name="Pool"><c>cpu</c>: fetching and assembling; <c>gpu</c>: making mouths.</param>
/// <param name="Since">When it came into this state.</param>
/// <param name="Model">What does the work, and on what.</param>
/// <param name="ItemsDone">Items finished since its process started.</param>
/// <param name="FramesPerSecond">Recent speed of rendering; 0 where it rendered nothing yet.</param>
/// <param name="Item">The item at hand, <c>{job}/{stage}/{number}</c>.</param>
public sealed record SlotAnswer(
    string Slot, string Pool, string Device, SlotState State, DateTimeOffset Since, string Model, long ItemsDone, double FramesPerSecond, string? Item)
{
    public static SlotAnswer From(SlotReport report) => new(
        report.Slot,
        report.Pool,
        report.Device,
        report.State,
        report.Since,
        report.Model,
        report.ItemsDone,
        Math.Round(report.FramesPerSecond, 1),
        report.Item?.ToString());
}

/// <summary>A silo that was told to stop.</summary>
public sealed record DrainAnswer(string Worker);
