using System.Collections.Immutable;

namespace LipSync.Dispatch;

/// <summary>The queues of all pools and shards, for the operator. Its key may be any: every silo answers for itself.</summary>
[Alias("LipSync.IQueueListGrain")]
public interface IQueueListGrain : IGrainWithIntegerKey
{
    [Alias("List"), ResponseTimeout("00:00:10")]
    Task<ImmutableArray<QueueView>> List();
}

/// <param name="Pool">See <see cref="Pools"/>.</param>
/// <param name="Waiting">Items that wait for a slot.</param>
/// <param name="Leased">Items that slots hold.</param>
/// <param name="OldestWait">How long the oldest of those that wait does, since it came or came back; zero where none waits.</param>
[GenerateSerializer, Immutable, Alias("LipSync.QueueView")]
public sealed record QueueView(
    [property: Id(0)] string Pool,
    [property: Id(1)] int Shard,
    [property: Id(2)] int Waiting,
    [property: Id(3)] int Leased,
    [property: Id(4)] TimeSpan OldestWait);

/// <summary>What one queue tells of itself.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.QueueLoad")]
public sealed record QueueLoad(
    [property: Id(0)] int Waiting,
    [property: Id(1)] int Leased,
    [property: Id(2)] TimeSpan OldestWait);
