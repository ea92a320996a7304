using LipSync.Dispatch;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

public sealed class JobRecoveryTests
{
    [Fact]
    public async Task Queue_LostWithItsSilo_IsRebuiltFromTheUnfinishedJobs()
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(), await silo.Submit()];
        await silo.Deactivate(silo.Queue(Pools.Cpu));
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobs[0]));

        // A queue that comes to life asks for its items by itself.
        var taking = jobs.Select(_ => silo.TakeInTheEnd(Pools.Cpu)).ToArray();
        await silo.AdvanceUntil(() => taking.All(take => take.IsCompleted));
        Assert.Equal(jobs.Order(StringComparer.Ordinal), (await Task.WhenAll(taking)).Select(lease => lease.Item.Id.JobId).Order(StringComparer.Ordinal));
    }
}
