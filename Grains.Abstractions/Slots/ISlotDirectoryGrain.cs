using System.Collections.Immutable;

namespace LipSync.Slots;

/// <summary>
/// Every slot of the cluster, as far as it announced itself lately. It lives in memory only; after a loss the announcements fill
/// it again within seconds. Its key is <see cref="Key"/>.
/// </summary>
[Alias("LipSync.ISlotDirectoryGrain")]
public interface ISlotDirectoryGrain : IGrainWithStringKey
{
    const string Key = "slots";

    /// <summary>A slot tells how it is, every few seconds and when that changes; one that falls silent is forgotten.</summary>
    [Alias("Announce")]
    Task Announce(SlotReport report);

    /// <summary>All slots, by name.</summary>
    [Alias("List")]
    Task<ImmutableArray<SlotReport>> List();

    /// <summary>How many slots of a pool work: those that are ready or busy.</summary>
    [Alias("Count"), ResponseTimeout("00:00:02")]
    Task<int> Count(string pool);
}
