using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace LipSync.Slots.Status;

[GrainType("slot-directory")]
public sealed class SlotDirectoryGrain(IOptions<SlotOptions> options, TimeProvider time) : Grain, ISlotDirectoryGrain
{
    /// <summary>Announcements that a slot may miss before it is forgotten.</summary>
    private const int Missed = 3;

    private readonly SortedDictionary<string, (SlotReport Report, DateTimeOffset At)> heard = new(StringComparer.Ordinal);

    public Task Announce(SlotReport report)
    {
        heard[report.Slot] = (report, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<SlotReport>> List() => Task.FromResult(Present().ToImmutableArray());

    public Task<int> Count(string pool) => Task.FromResult(Present().Count(slot => slot.Pool == pool && slot.Works));

    private IEnumerable<SlotReport> Present()
    {
        var silentSince = time.GetUtcNow() - (Missed * options.Value.Announcements);
        foreach (var (slot, _) in heard.Where(slot => slot.Value.At < silentSince).ToArray())
        {
            heard.Remove(slot);
        }

        return heard.Values.Select(slot => slot.Report);
    }
}
