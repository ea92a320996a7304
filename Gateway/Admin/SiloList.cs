using LipSync.Slots;

namespace LipSync.Gateway.Admin;

/// <summary>
/// Who is in the cluster, by the names that processes have among the slots. Membership is the truth; what a process and the slot
/// directory add to it is missing where they don't answer in time.
/// </summary>
public sealed partial class SiloList(IGrainFactory grains, TimeProvider time, ILogger<SiloList> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<SiloAnswer>> Describe()
    {
        var slots = InTime(Slots(), "The slot directory");
        var members = await Members();
        return await Task.WhenAll(members.Select(async member => Answer(member, await InTime(Worker(member.SiloName).Describe(), member.SiloName), await slots)));
    }

    /// <summary>Tells a silo to stop. False: there is none of that name.</summary>
    /// <exception cref="TimeoutException">It doesn't answer.</exception>
    public async Task<bool> Drain(string worker)
    {
        var member = (await Members()).FirstOrDefault(member => member.SiloName == worker);
        if (member?.Status is SiloStatus.Active)
        {
            await Worker(worker).Drain().WaitAsync(Patience, time);
        }

        return member is not null;
    }

    /// <summary>By name. Of a crashed silo that is back, the youngest: the older one is about to be declared dead.</summary>
    private async Task<IEnumerable<MembershipEntry>> Members() =>
        (await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false))
            .Where(member => member.Status is not SiloStatus.Dead)
            .GroupBy(member => member.SiloName, StringComparer.Ordinal)
            .Select(silos => silos.MaxBy(silo => silo.SiloAddress.Generation)!)
            .OrderBy(member => member.SiloName, StringComparer.Ordinal);

    private async Task<IReadOnlyList<SlotReport>> Slots() => await grains.GetGrain<ISlotDirectoryGrain>(ISlotDirectoryGrain.Key).List();

    private IWorkerGrain Worker(string name) => grains.GetGrain<IWorkerGrain>(name);

    private static SiloAnswer Answer(MembershipEntry member, WorkerView? view, IReadOnlyList<SlotReport>? slots) => new()
    {
        Worker = member.SiloName,
        Role = view?.Role,
        Address = member.SiloAddress.ToString(),
        Version = view?.Version,
        Started = new(DateTime.SpecifyKind(member.StartTime, DateTimeKind.Utc)),
        Draining = view?.Draining ?? member.Status is SiloStatus.ShuttingDown or SiloStatus.Stopping,
        Processors = view?.Processors,
        Unreachable = view is null,
        Slots = slots?.Where(slot => slot.Worker == member.SiloName).Select(SlotAnswer.From).ToList(),
    };

    /// <summary>Null: it failed, or took too long.</summary>
    private async Task<T?> InTime<T>(Task<T> answer, string who)
        where T : class
    {
        try
        {
            return await answer.WaitAsync(Patience, time);
        }
#pragma warning disable CA1031 // whatever the reason: the page says who does not answer, and shows the others
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogSilent(who, exception.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Who} does not answer: {Reason}")]
    private partial void LogSilent(string who, string reason);
}
