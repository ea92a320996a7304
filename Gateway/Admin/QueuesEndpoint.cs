using LipSync.Dispatch;
using LipSync.Gateway.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Admin;

/// <summary>What waits for a slot.</summary>
public static class QueuesEndpoint
{
    public static void MapQueues(this IEndpointRouteBuilder admin) => admin
        .MapGet("/queues", List)
        .WithName("ListQueues")
        .WithTags("Admin")
        .WithSummary("List the queues of work")
        .WithDescription("For each pool of slots and each shard of it: items that wait, items that a slot works on, and how long the oldest waits.");

    private static async Task<Ok<Envelope<QueuesAnswer>>> List(IGrainFactory grains)
    {
        var queues = await grains.GetGrain<IQueueListGrain>(Random.Shared.Next()).List();
        return TypedResults.Ok(new Envelope<QueuesAnswer>(new QueuesAnswer([.. queues.Select(QueueAnswer.From)])));
    }
}

/// <summary>The queues of the cluster.</summary>
public sealed record QueuesAnswer(IReadOnlyList<QueueAnswer> Queues);

/// <summary>One shard of a pool.</summary>
/// <param name="Pool"><c>cpu</c>: fetching and assembling; <c>gpu</c>: making mouths.</param>
/// <param name="Shard">From 0.</param>
/// <param name="Waiting">Items that wait for a slot.</param>
/// <param name="Leased">Items that slots work on.</param>
/// <param name="OldestWait">Seconds that the oldest item waits, as far as this queue knows; 0 where none does.</param>
public sealed record QueueAnswer(string Pool, int Shard, int Waiting, int Leased, double OldestWait)
{
    public static QueueAnswer From(QueueView view) => new(view.Pool, view.Shard, view.Waiting, view.Leased, Math.Round(view.OldestWait.TotalSeconds, 1));
}
