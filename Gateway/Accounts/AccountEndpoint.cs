using LipSync.Accounts;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Accounts;

/// <summary>Shows the caller's account.</summary>
public static class AccountEndpoint
{
    public static void MapShowAccount(this IEndpointRouteBuilder account) => account
        .MapGet("", Show)
        .CountAs(RequestClass.Read)
        .WithName("GetAccount")
        .WithSummary("Show the account")
        .WithDescription("The plan with its limits, the credits that are available and held, and how many jobs run and wait.");

    private static async Task<Ok<Envelope<AccountAnswer>>> Show(Caller caller, IGrainFactory grains)
    {
        var view = await grains.GetGrain<IAccountGrain>(caller.AccountId).Describe()
            ?? throw new InvalidOperationException($"Account '{caller.AccountId}' was admitted but is not there.");
        return TypedResults.Ok(new Envelope<AccountAnswer>(AccountAnswer.From(view)));
    }
}
