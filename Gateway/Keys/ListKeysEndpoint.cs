using LipSync.Accounts;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Lists;
using LipSync.Gateway.Security;
using LipSync.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Keys;

/// <summary>Shows which keys open the account.</summary>
public static class ListKeysEndpoint
{
    public static void MapListKeys(this IEndpointRouteBuilder keys) => keys
        .MapGet("", List)
        .CountAs(RequestClass.Read)
        .WithName("ListKeys")
        .WithSummary("List the API keys")
        .WithDescription("The account's keys that were not revoked, oldest first, with when they were last used. The secrets are not kept and can't be shown.");

    private static async Task<Ok<Envelope<ListAnswer<KeyAnswer>>>> List(Caller caller, IGrainFactory grains)
    {
        var keys = await grains.GetGrain<IKeyChainGrain>(caller.AccountId).List();
        return TypedResults.Ok(new Envelope<ListAnswer<KeyAnswer>>(new([.. keys.Select(KeyAnswer.From)], NextCursor: null)));
    }
}
