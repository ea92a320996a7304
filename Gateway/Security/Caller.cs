using System.Reflection;
using System.Security.Claims;
using LipSync.Accounts;
using Microsoft.AspNetCore.Http.Features;

namespace LipSync.Gateway.Security;

/// <summary>The account behind a request that was authenticated and admitted.</summary>
public sealed record Caller(string AccountId, PlanLimits Limits)
{
    /// <summary>The account a request was authenticated for.</summary>
    public static string AccountOf(HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier)
        ?? throw new InvalidOperationException("The route asks for a caller but not for a key.");

    /// <summary>What its plan allows.</summary>
    public static PlanLimits LimitsOf(HttpContext context) => context.Features.GetRequiredFeature<Admission>().Limits;

    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<Caller?>(new Caller(AccountOf(context), LimitsOf(context)));
}
