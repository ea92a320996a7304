using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace LipSync.Dispatch;

/// <summary>Knows how many shards there are, and asks them all.</summary>
[GrainType("queue-list")]
[StatelessWorker]
public sealed class QueueListGrain(IOptions<DispatchOptions> options) : Grain, IQueueListGrain
{
    public async Task<ImmutableArray<QueueView>> List() =>
        [.. await Task.WhenAll(from pool in new[] { Pools.Cpu, Pools.Gpu } from shard in Enumerable.Range(0, options.Value.Shards) select Ask(pool, shard))];

    private async Task<QueueView> Ask(string pool, int shard)
    {
        var load = await GrainFactory.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf(pool, shard)).Describe();
        return new(pool, shard, load.Waiting, load.Leased, load.OldestWait);
    }
}
