using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Slots;

public sealed class LeaseSourceTests
{
    private const int Shards = 4;

    [Fact]
    public async Task Take_WorkWaitsInEveryShard_OneSlotServesThemAll()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: new()
        {
            ["LipSync:Dispatch:Shards"] = "4",
            ["LipSync:Slots:CpuSlots"] = "1",
            ["LipSync:Slots:MediaSlots"] = "1",
        });
        List<string> jobs = [];
        while (jobs.Select(job => QueueShards.ShardOf(job, Shards)).Distinct().Count() < Shards)
        {
            jobs.Add(await silo.Submit());
        }

        await silo.AdvanceUntil(() => jobs.TrueForAll(job => silo.Projections.Row(job)?.Status is JobStatus.Completed));
    }
}
