using System.Globalization;
using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Lists;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Statements;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Accounts;

/// <summary>Lists every change of the caller's credits.</summary>
public static class LedgerEndpoint
{
    private const string ListName = "ledger";

    public static void MapLedger(this IEndpointRouteBuilder account) => account
        .MapGet("/ledger", List)
        .CountAs(RequestClass.Read)
        .WithPaging()
        .WithName("ListLedgerEntries")
        .WithSummary("List the changes of credits")
        .WithDescription("Every change of the account's credits, latest first. Entries are never changed, and their amounts add up to the credits that are available. A change may be listed a moment after it happened.")
        .ProducesErrors(RequestErrors.InvalidRequest);

    private static async Task<Results<Ok<Envelope<ListAnswer<LedgerEntryAnswer>>>, ApiError>> List(
        string? limit, string? cursor, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(ListName, limit, cursor, errors);
        if (!TryReadSequence(page.After, out var before))
        {
            PageQuery.WrongCursor(errors);
        }

        if (errors.ToError() is { } refused)
        {
            return refused;
        }

        // One more than asked for tells whether there is a next page.
        var entries = await grains.GetGrain<IStatementGrain>(caller.AccountId).Entries(before, page.Limit + 1, cancellationToken);
        var items = entries.Take(page.Limit).Select(LedgerEntryAnswer.From).ToList();
        var next = entries.Length > page.Limit ? Cursor.Write(ListName, items[^1].Sequence.ToString(CultureInfo.InvariantCulture)) : null;
        return TypedResults.Ok(new Envelope<ListAnswer<LedgerEntryAnswer>>(new(items, next)));
    }

    private static bool TryReadSequence(string? place, out long? sequence)
    {
        sequence = long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return place is null || sequence is not null;
    }
}

/// <summary>One change of an account's credits.</summary>
/// <param name="Sequence">1, 2, … without gaps.</param>
/// <param name="Kind"><c>open</c> and <c>grant</c> add credits; <c>reserve</c> holds them for a job, <c>reduce</c> lowers the hold to the exact price, <c>settle</c> spends, <c>release</c> and <c>expire</c> free all of it.</param>
/// <param name="OperationId">What caused it: the job's id, or the grant's.</param>
/// <param name="JobId">The job that caused it, where it was one.</param>
/// <param name="Amount">Change of the available credits: negative for a hold, positive for what is added or freed.</param>
/// <param name="Spent">Credits spent for good.</param>
/// <param name="Available">Available credits after it.</param>
public sealed record LedgerEntryAnswer(
    long Sequence, LedgerEntryKind Kind, string OperationId, string? JobId, long Amount, long Spent, long Available, DateTimeOffset At)
{
    public static LedgerEntryAnswer From(LedgerEntry entry) => new(
        entry.Sequence,
        entry.Kind,
        entry.OperationId,
        entry.Kind is LedgerEntryKind.Open or LedgerEntryKind.Grant ? null : entry.OperationId,
        entry.Amount,
        entry.Spent,
        entry.Available,
        entry.At);
}
