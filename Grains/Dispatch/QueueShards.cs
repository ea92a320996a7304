using System.Globalization;
using System.Text;
using LipSync.Jobs;

namespace LipSync.Dispatch;

/// <summary>
/// Which queue grain holds what. A pool is split into shards by job, so that every shard serves all accounts and fairness between
/// them is the same in each. Pure: the same names give the same shard in every process.
/// </summary>
public static class QueueShards
{
    /// <summary>The key of the queue grain of a shard.</summary>
    public static string KeyOf(string pool, int shard) => string.Create(CultureInfo.InvariantCulture, $"{pool}/{shard}");

    /// <summary>The shard of all items of a job, 0 to <paramref name="shards"/> - 1.</summary>
    public static int ShardOf(string jobId, int shards) => Spread(jobId, shards);

    /// <summary>The shard at which a slot waits; it looks at the others where this one is empty.</summary>
    public static int Home(string slot, int shards) => Spread(slot, shards);

    public static string PoolOf(Stage stage) => stage is Stage.Ingest or Stage.Assemble ? Pools.Cpu : Pools.Gpu;

    /// <summary>FNV-1a (Fowler, Noll and Vo), which unlike <see cref="string.GetHashCode()"/> is the same everywhere.</summary>
    private static int Spread(string name, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shards);
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ octet) * 16777619u;
        }

        return (int)(hash % (uint)shards);
    }
}
