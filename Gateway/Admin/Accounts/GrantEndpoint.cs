using LipSync.Accounts;
using LipSync.Gateway.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Idempotency;
using LipSync.Gateway.Json;
using LipSync.Gateway.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Admin.Accounts;

/// <summary>Gives an account credits.</summary>
public static class GrantEndpoint
{
    private const string Example =
        """
        { "credits": 500, "operationId": "invoice-2026-0042" }
        """;

    public static void MapGrant(this IEndpointRouteBuilder accounts) => accounts
        .MapPost("/{accountId}/credits", Grant)
        .Idempotent()
        .Accepts<GrantRequest>("application/json")
        .WithName("GrantCredits")
        .WithSummary("Grant credits")
        .WithDescription("Adds credits to an account and answers the account. With an `operationId` it happens once, however often it is sent; the entry of the account's ledger carries it.")
        .WithJsonExample("grant", "Credits that were paid for", Example)
        .ProducesErrors(
            RequestErrors.InvalidRequest, RequestErrors.NotFound, RequestErrors.IdempotencyConflict, RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    /// <param name="accountId">As it was opened.</param>
    private static async Task<Results<Ok<Envelope<AccountAnswer>>, ApiError>> Grant(
        string accountId, HttpRequest request, Operation operation, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var body = await JsonBody.Read<GrantRequest>(request, cancellationToken);
        if ((body.Error ?? body.Value.Check()) is { } refused)
        {
            return refused;
        }

        var account = grains.GetGrain<IAccountGrain>(accountId);
        if (await account.Describe() is null)
        {
            return new ApiError(RequestErrors.NotFound, "There is no such account.");
        }

        var grant = body.Value.OperationId ?? $"grant_{operation.Id}";
        return await account.Grant(grant, body.Value.Credits!.Value) is GrantResult.Conflict
            ? new ApiError(RequestErrors.IdempotencyConflict, $"The operation '{grant}' granted another number of credits before.")
            : await ShowAccountEndpoint.Answer(account);
    }
}
