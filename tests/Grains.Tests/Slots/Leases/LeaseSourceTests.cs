using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Slots.Leases;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace LipSync.Tests.Slots.Leases;

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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Take_OneShardDoesNotAnswerOrFails_TheOthersAreServed(bool fails)
    {
        await using var silo = await TestSilo.Start();
        var home = QueueShards.Home("slot", Shards);
        var queues = Enumerable.Range(home, Shards).Select(shard => QueueShards.KeyOf("test", shard % Shards))
            .Select(key => (Key: key, Grain: silo.Grains.GetGrain<IWorkQueueGrain>(key))).ToArray();
        var item = new WorkItem(new("job", Stage.Render, 0), "account", Plan.Free, 1);
        await Task.WhenAll(queues.Select(queue => queue.Grain.Position("job")));
        await queues[2].Grain.Enqueue([item]);
        if (fails)
        {
            silo.Failures.Fail("IWorkQueueGrain.Take", times: 1);
        }
        else
        {
            silo.Silence.Begin("IWorkQueueGrain.Take", queues[1].Key);
        }

        var options = new DispatchOptions { Shards = Shards, LeaseDuration = TimeSpan.FromMinutes(10) };
        var taking = new LeaseSource("slot", "test", options, silo.Grains, silo.Time, NullLogger.Instance).Take(CancellationToken.None);
        await silo.AdvanceUntil(() => taking.IsCompleted);

        Assert.Equal(item, (await taking)?.Lease.Item);
        Assert.Equal(1, silo.Silence.Fired + silo.Failures.Fired);
    }
}
