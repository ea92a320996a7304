using System.Diagnostics;
using System.Globalization;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Processes;

namespace LipSync.Benchmarks.Cluster.Experiments;

/// <summary>
/// From the end of one item to the lease of the next, asked for by another process, with few and with many items in the queue. Both
/// queues are measured by turns, so that whatever else the machine does falls on both.
/// </summary>
internal static class HandOver
{
    private const int Turns = 40;
    private const int Rounds = 100;
    private const int Accounts = 100;
    private const int Batch = 1000;

    public static async Task Run()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gpus = 0 });
        await using var client = await ClusterClientHost.Connect(cluster);
        var queues = new List<(int Items, IWorkQueueGrain Queue, List<double> Times)>();
        foreach (var items in new[] { 100, 100_000 })
        {
            var queue = client.Grains.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf($"bench-{Guid.NewGuid():N}", 0));
            await Fill(queue, items);
            queues.Add((items, queue, []));
        }

        for (var turn = 0; turn <= Turns; turn++)
        {
            foreach (var (_, queue, times) in queues)
            {
                var measured = await Measure(queue);

                // The first turn warms up.
                times.AddRange(turn == 0 ? [] : measured);
            }
        }

        foreach (var (items, _, times) in queues)
        {
            Console.WriteLine($"{items} items queued: {new Percentiles(times)}");
        }
    }

    private static async Task<List<double>> Measure(IWorkQueueGrain queue)
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

        await queue.Return(lease.Item.Id, lease.Fence);
        return times;
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
