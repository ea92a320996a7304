using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Keys;

/// <summary>Ends a key for ever.</summary>
public static class RevokeKeyEndpoint
{
    public static void MapRevokeKey(this IEndpointRouteBuilder keys) => keys
        .MapDelete("/{keyId}", Revoke)
        .CountAs(RequestClass.Read)
        .WithName("RevokeKey")
        .WithSummary("Revoke an API key")
        .WithDescription("From then on, within five seconds at every gateway, requests with the key are refused with `key_revoked`. It can't be undone. A key may revoke itself.")
        .ProducesErrors(RequestErrors.NotFound);

    /// <param name="keyId">As the list shows it; not the key itself.</param>
    private static async Task<Results<Ok<Envelope<RevokedKeyAnswer>>, ApiError>> Revoke(string keyId, Caller caller, IGrainFactory grains) =>
        await grains.GetGrain<IKeyChainGrain>(caller.AccountId).Revoke(keyId)
            ? TypedResults.Ok(new Envelope<RevokedKeyAnswer>(new RevokedKeyAnswer(keyId, Revoked: true)))
            : new ApiError(RequestErrors.NotFound, "There is no such key in this account.");
}
