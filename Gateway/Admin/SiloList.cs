using System.Collections.Immutable;
using LipSync.Slots;

namespace LipSync.Gateway.Admin;

/// <summary>
/// Who is in the cluster, by the names that processes have among the slots. Membership is the truth; what a process and the slot
/// directory add to it is missing where they don't answer in time.
/// </summary>
public sealed partial class SiloList(IGrainFactory grains, TimeProvider time, ILogger<SiloList> logger)
{
    private const int Asked = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<SiloAnswer>> Describe()
    {
        var slots = InTime(Slots(), "The slot directory");
        var members = await Members();
        return await Task.WhenAll(members.Select(async member => Answer(member, await InTime(Worker(member.Worker).Describe(), member.Worker), await slots)));
    }

    /// <summary>Tells a silo to stop. False: there is none of that name.</summary>
    /// <exception cref="TimeoutException">It doesn't answer.</exception>
    public async Task<bool> Drain(string worker)
    {
        var member = (await Members()).FirstOrDefault(member => member.Worker == worker);
        if (member is { Draining: false })
        {
            await Worker(worker).Drain().WaitAsync(Patience, time);
        }

        return member is not null;
    }

    /// <summary>Grains of different keys are asked through different silos: the first answer will do, whichever of them stands still.</summary>
    private async Task<ImmutableArray<MemberView>> Members()
    {
        var answers = Enumerable.Range(0, Asked).Select(key => grains.GetGrain<IMembersGrain>(key).List().WaitAsync(Patience, time)).ToList();
        await foreach (var answer in Task.WhenEach(answers))
        {
            if (answer.IsCompletedSuccessfully)
            {
                return await answer;
            }
        }

        return await answers[0]; // throws why there is none
    }

    private async Task<IReadOnlyList<SlotReport>> Slots() => await grains.GetGrain<ISlotDirectoryGrain>(ISlotDirectoryGrain.Key).List();

    private IWorkerGrain Worker(string name) => grains.GetGrain<IWorkerGrain>(name);

    private static SiloAnswer Answer(MemberView member, WorkerView? view, IReadOnlyList<SlotReport>? slots) => new()
    {
        Worker = member.Worker,
        Role = view?.Role,
        Address = member.Silo,
        Version = view?.Version,
        Started = view?.Started,
        Draining = member.Draining || view is { Draining: true },
        Processors = view?.Processors,
        Unreachable = view is null,
        Slots = slots?.Where(slot => slot.Worker == member.Worker).Select(SlotAnswer.From).ToList(),
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
