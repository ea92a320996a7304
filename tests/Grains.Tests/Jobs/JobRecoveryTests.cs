using LipSync.Dispatch;
using LipSync.Recovery;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace LipSync.Tests.Jobs;

public sealed class JobRecoveryTests
{
    [Fact]
    public async Task Start_QueuesEmptyAfterACrash_OffersTheItemsOfUnfinishedJobs()
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(), await silo.Submit()];
        await silo.Deactivate(silo.Queue(Pools.Cpu));
        using var recovery = new JobRecovery(silo.Grains, silo.Projections, NullLogger<JobRecovery>.Instance);

        await recovery.StartAsync(CancellationToken.None);
        await recovery.ExecuteTask!;
        Assert.Equal(jobs.Order(StringComparer.Ordinal), new[]
        {
            (await silo.Take(Pools.Cpu)).Item.Id.JobId, (await silo.Take(Pools.Cpu)).Item.Id.JobId,
        }.Order(StringComparer.Ordinal));
    }
}
