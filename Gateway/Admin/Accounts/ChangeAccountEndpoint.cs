using LipSync.Accounts;
using LipSync.Gateway.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Admin.Accounts;

/// <summary>Changes an account's plan, suspends it, or takes its requests again.</summary>
public static class ChangeAccountEndpoint
{
    private const string Example =
        """
        { "plan": "starter", "suspended": false }
        """;

    public static void MapChangeAccount(this IEndpointRouteBuilder accounts) => accounts
        .MapPatch("/{accountId}", Change)
        .Accepts<ChangeAccountRequest>("application/json")
        .WithName("ChangeAccount")
        .WithSummary("Change an account")
        .WithDescription("Changes the plan, or suspends the account, whose requests are then refused with `forbidden`. Jobs that were accepted go on; with a plan that allows more of them, those that wait begin at once.")
        .WithJsonExample("change", "Another plan", Example)
        .ProducesErrors(RequestErrors.InvalidRequest, RequestErrors.NotFound, RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    /// <param name="accountId">As it was opened.</param>
    private static async Task<Results<Ok<Envelope<AccountAnswer>>, ApiError>> Change(
        string accountId, HttpRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var body = await JsonBody.Read<ChangeAccountRequest>(request, cancellationToken);
        if ((body.Error ?? body.Value.Check()) is { } refused)
        {
            return refused;
        }

        var account = grains.GetGrain<IAccountGrain>(accountId);
        if (await account.Describe() is null)
        {
            return new ApiError(RequestErrors.NotFound, "There is no such account.");
        }

        if (body.Value.Plan is { } plan)
        {
            await account.SetPlan(plan);
        }

        if (body.Value.Suspended is { } suspended)
        {
            await account.Suspend(suspended);
        }

        return await ShowAccountEndpoint.Answer(account);
    }
}
