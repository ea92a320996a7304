using System.Globalization;
using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Statements;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Accounts;

/// <summary>Adds up what the caller's jobs cost, by day.</summary>
public static class UsageEndpoint
{
    private const int MostDays = 366;
    private const int DefaultDays = 30;

    public static void MapUsage(this IEndpointRouteBuilder account) => account
        .MapGet("/usage", Show)
        .CountAs(RequestClass.Read)
        .WithName("GetUsage")
        .WithSummary("Show what was used, by day")
        .WithDescription("Jobs that completed and the credits they cost, for each day in UTC from `from` to `to`, both included and written like `2026-01-31`. Without them the last 30 days; at most 366.")
        .ProducesErrors(RequestErrors.InvalidRequest);

    /// <param name="from">The first day; without it the thirtieth until <paramref name="to"/>.</param>
    /// <param name="to">The last day; without it today.</param>
    private static async Task<Results<Ok<Envelope<UsageAnswer>>, ApiError>> Show(
        string? from, string? to, Caller caller, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var last = Read("to", to, errors) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = Read("from", from, errors) ?? last.AddDays(-Math.Min(DefaultDays - 1, last.DayNumber));
        if (last.DayNumber - first.DayNumber is < 0 or >= MostDays)
        {
            errors.Invalid("from", $"must be a day up to {MostDays - 1} days before the last one.");
        }

        if (errors.ToError() is { } refused)
        {
            return refused;
        }

        var usage = await grains.GetGrain<IStatementGrain>(caller.AccountId).Usage(first, last, cancellationToken);
        return TypedResults.Ok(new Envelope<UsageAnswer>(UsageAnswer.Of(first, last, usage)));
    }

    private static DateOnly? Read(string field, string? text, FieldErrors errors)
    {
        // The last day that there is has none after it.
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
        {
            return day;
        }

        if (text is not null)
        {
            errors.Invalid(field, "must be a day like 2026-01-31.");
        }

        return null;
    }
}

/// <summary>What an account used.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Jobs">Jobs that completed in that time.</param>
/// <param name="Credits">Credits that they cost.</param>
/// <param name="Days">Every day from the first to the last, also those on which nothing was used.</param>
public sealed record UsageAnswer(DateOnly From, DateOnly To, long Jobs, long Credits, IReadOnlyList<UsageDayAnswer> Days)
{
    public static UsageAnswer Of(DateOnly first, DateOnly last, IReadOnlyList<DayUsage> usage)
    {
        var known = usage.ToDictionary(day => day.Day);
        var days = Enumerable.Range(first.DayNumber, last.DayNumber - first.DayNumber + 1)
            .Select(DateOnly.FromDayNumber)
            .Select(day => known.TryGetValue(day, out var used) ? new UsageDayAnswer(day, used.Jobs, used.Credits) : new UsageDayAnswer(day, 0, 0));
        return new(first, last, usage.Sum(day => day.Jobs), usage.Sum(day => day.Credits), [.. days]);
    }
}

/// <param name="Date">In UTC.</param>
/// <param name="Jobs">Jobs that completed.</param>
/// <param name="Credits">Credits that they cost.</param>
public sealed record UsageDayAnswer(DateOnly Date, long Jobs, long Credits);
