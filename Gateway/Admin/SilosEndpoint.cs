using LipSync.Gateway.Errors;
using LipSync.Gateway.Idempotency;
using LipSync.Gateway.Json;
using LipSync.Gateway.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Admin;

/// <summary>The cluster as its operator sees it.</summary>
public static class SilosEndpoint
{
    public static void MapSilos(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/silos", List)
            .WithName("ListSilos")
            .WithTags("Admin")
            .WithSummary("List the silos and their slots")
            .WithDescription("Every silo that is not dead, with its slots: their state, what they work on and how fast. A silo that does not answer within two seconds is listed with what is known.");
        admin.MapPost("/silos/{worker}/drain", Drain)
            .Idempotent()
            .WithName("DrainSilo")
            .WithTags("Admin")
            .WithSummary("Stop a silo without losing work")
            .WithDescription("The silo takes no more work, finishes or hands back what it has, and its process ends; whoever started it may start it again. Draining it again changes nothing.")
            .ProducesErrors(RequestErrors.NotFound);
    }

    private static async Task<Ok<Envelope<SilosAnswer>>> List(SiloList silos) =>
        TypedResults.Ok(new Envelope<SilosAnswer>(new SilosAnswer(await silos.Describe())));

    /// <param name="worker">The silo's name, as it is listed.</param>
    private static async Task<Results<Accepted<Envelope<DrainAnswer>>, ApiError>> Drain(string worker, SiloList silos) => await silos.Drain(worker)
        ? TypedResults.Accepted((string?)null, new Envelope<DrainAnswer>(new DrainAnswer(worker)))
        : new ApiError(RequestErrors.NotFound, $"No silo of the cluster is named '{worker}'.");
}
