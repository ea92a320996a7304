using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Processes;

namespace LipSync.Benchmarks.Cluster.Experiments;

/// <summary>
/// Who is served when, by the queue grain of a real cluster. An account with one item behind another's ten thousand; and the shares of
/// three plans that all want everything.
/// </summary>
internal static class Fairness
{
    private const int Slots = 8;
    private const int Backlog = 10_000;
    private const int Served = 700;
    private static readonly TimeSpan ItemTime = TimeSpan.FromMilliseconds(100);

    public static async Task Run()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gpus = 0 });
        await using var client = await ClusterClientHost.Connect(cluster);
        await BehindABacklog(NewQueue(client));
        await Shares(NewQueue(client));
    }

    private static async Task BehindABacklog(IWorkQueueGrain queue)
    {
        await queue.Enqueue([.. Items("large", Plan.Pro, Backlog)]);
        var clock = Stopwatch.StartNew();
        TimeSpan? asked = null, started = null;
        await Serve(queue, Served, async (number, lease) =>
        {
            if (number == Served / 2)
            {
                asked = clock.Elapsed;
                await queue.Enqueue([.. Items("small", Plan.Free, 1)]);
            }

            if (lease.Item.AccountId == "small")
            {
                started = clock.Elapsed;
            }
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"one item of a free account behind {Backlog} of a pro account, {Slots} slots, {ItemTime.TotalMilliseconds:0} ms an item: started after {(started - asked)?.TotalMilliseconds:0} ms"));
    }

    private static async Task Shares(IWorkQueueGrain queue)
    {
        foreach (var plan in Enum.GetValues<Plan>())
        {
            await queue.Enqueue([.. Items(plan.ToString(), plan, Served)]);
        }

        var served = new ConcurrentQueue<string>();
        await Serve(queue, Served, (_, lease) =>
        {
            served.Enqueue(lease.Item.AccountId);
            return Task.CompletedTask;
        });
        var shares = served.CountBy(account => account).OrderBy(count => count.Value).Select(count => string.Create(
            CultureInfo.InvariantCulture, $"{count.Key} {(double)count.Value / served.Count:P1}"));
        Console.WriteLine($"shares of {served.Count} items while all three plans wait, weights 1 : 2 : 4: {string.Join(", ", shares)}");
    }

    /// <summary>Slots that lease, work and complete until so many items were leased.</summary>
    private static async Task Serve(IWorkQueueGrain queue, int items, Func<int, Lease, Task> leased)
    {
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, Slots).Select(async slot =>
        {
            while (Interlocked.Increment(ref count) is var number && number <= items)
            {
                var lease = await queue.Take($"slot-{slot}", TimeSpan.FromSeconds(20), CancellationToken.None)
                    ?? throw new InvalidOperationException("The queue is empty.");
                await leased(number, lease);
                await Task.Delay(ItemTime);
                await queue.Complete(lease.Item.Id, lease.Fence);
            }
        }));
    }

    private static IWorkQueueGrain NewQueue(ClusterClientHost client) =>
        client.Grains.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf($"bench-{Guid.NewGuid():N}", 0));

    private static IEnumerable<WorkItem> Items(string account, Plan plan, int count) => Enumerable.Range(0, count).Select(number => new WorkItem(
        new(string.Create(CultureInfo.InvariantCulture, $"{account}-{number}"), Stage.Render, 0), account, plan, 1));
}
