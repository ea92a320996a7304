using LipSync.Gateway.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Lists;
using LipSync.Gateway.OpenApi;
using LipSync.Statements;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Admin.Accounts;

/// <summary>Lists the accounts.</summary>
public static class ListAccountsEndpoint
{
    private const string ListName = "accounts";

    public static void MapListAccounts(this IEndpointRouteBuilder accounts) => accounts
        .MapGet("", List)
        .WithPaging()
        .WithName("ListAccounts")
        .WithSummary("List the accounts")
        .WithDescription("All accounts in the order of their ids, each as it is now. One that was opened a moment ago may be missing.")
        .ProducesErrors(RequestErrors.InvalidRequest);

    private static async Task<Results<Ok<Envelope<ListAnswer<AccountAnswer>>>, ApiError>> List(
        string? limit, string? cursor, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(ListName, limit, cursor, errors);
        if (errors.ToError() is { } refused)
        {
            return refused;
        }

        // One more than asked for tells whether there is a next page.
        var views = await grains.GetGrain<IAccountListGrain>(Random.Shared.Next()).List(page.After, page.Limit + 1, cancellationToken);
        var items = views.Take(page.Limit).Select(AccountAnswer.From).ToList();
        var next = views.Length > page.Limit ? Cursor.Write(ListName, items[^1].AccountId) : null;
        return TypedResults.Ok(new Envelope<ListAnswer<AccountAnswer>>(new(items, next)));
    }
}
