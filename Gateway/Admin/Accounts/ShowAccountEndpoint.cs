using LipSync.Accounts;
using LipSync.Gateway.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Admin.Accounts;

/// <summary>Shows one account.</summary>
public static class ShowAccountEndpoint
{
    public static void MapShowAccount(this IEndpointRouteBuilder accounts) => accounts
        .MapGet("/{accountId}", Show)
        .WithName("GetAccountOf")
        .WithSummary("Show an account")
        .WithDescription("The plan with its limits, the credits that are available and held, whether it is suspended, and how many of its jobs run and wait.")
        .ProducesErrors(RequestErrors.NotFound);

    /// <summary>The account as it is now, or that there is none.</summary>
    internal static async Task<Results<Ok<Envelope<AccountAnswer>>, ApiError>> Answer(IAccountGrain account) => await account.Describe() is { } view
        ? TypedResults.Ok(new Envelope<AccountAnswer>(AccountAnswer.From(view)))
        : new ApiError(RequestErrors.NotFound, "There is no such account.");

    /// <param name="accountId">As it was opened.</param>
    private static Task<Results<Ok<Envelope<AccountAnswer>>, ApiError>> Show(string accountId, IGrainFactory grains) =>
        Answer(grains.GetGrain<IAccountGrain>(accountId));
}
