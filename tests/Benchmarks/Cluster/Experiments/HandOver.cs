using System.Diagnostics;
using System.Globalization;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Processes;

namespace LipSync.Benchmarks.Cluster.Experiments;

/// <summary>From the end of one item to the lease of the next, asked for by another process, with few and with many items in the queue.</summary>
internal static class HandOver
{
    private const int Rounds = 2000;
    private const int Accounts = 100;
    private const int Batch = 1000;

    public static async Task Run()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gpus = 0 });
        await using var client = await ClusterClientHost.Connect(cluster);
        foreach (var items in new[] { 100, 100_000, 100, 100_000 })
        {
            var queue = client.Grains.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf($"bench-{Guid.NewGuid():N}", 0));
            await Fill(queue, items);
            Console.WriteLine($"{items} items queued: {await Measure(queue)}");
        }
    }

    private static async Task<Percentiles> Measure(IWorkQueueGrain queue)
    {
        var times = new List<double>(Rounds);
        var lease = await Take(queue);
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();

            // Given back rather than completed, so that the queue stays as long as it is.
            await queue.Return(lease.Item.Id, lease.Fence);
            lease = await Take(queue);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return new(times);
    }

    private static async Task<Lease> Take(IWorkQueueGrain queue) =>
        await queue.Take("bench", TimeSpan.FromSeconds(20), CancellationToken.None) ?? throw new InvalidOperationException("The queue is empty.");

    private static async Task Fill(IWorkQueueGrain queue, int items)
    {
        foreach (var batch in Enumerable.Range(0, items).Chunk(Batch))
        {
            await queue.Enqueue([.. batch.Select(Item)]);
        }
    }

    private static WorkItem Item(int number) => new(
        new(string.Create(CultureInfo.InvariantCulture, $"job-{number / 10}"), Stage.Render, number % 10),
        string.Create(CultureInfo.InvariantCulture, $"account-{number % Accounts}"),
        (Plan)(number % 3),
        1);
}
