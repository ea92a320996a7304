using System.Globalization;
using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Security;

namespace LipSync.Gateway.Limits;

/// <summary>
/// Takes a token of the caller's account for every request to a route that has a <see cref="RequestClass"/>. The bucket is the
/// account's grain, so the limit is exact however many gateways there are.
/// </summary>
public sealed class RateLimitMiddleware(RequestDelegate next, IGrainFactory grains, TimeProvider time)
{
    private const int WindowSeconds = 60;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequestClassMetadata>() is not { RequestClass: var requestClass })
        {
            await next(context);
            return;
        }

        var admission = await grains.GetGrain<IAccountGrain>(Caller.AccountOf(context)).Admit(requestClass);
        if (admission.Suspended)
        {
            await new ApiError(RequestErrors.Forbidden, "This account is suspended. Jobs that were accepted go on; please ask the operator of this service.").ExecuteAsync(context);
            return;
        }

        context.Features.Set(admission);
        // Written at the start of the response: a failure further down clears the headers that were set before it.
        context.Response.OnStarting(() =>
        {
            Write(context.Response.Headers, requestClass, admission);
            return Task.CompletedTask;
        });

        if (admission.Admitted)
        {
            await next(context);
            return;
        }

        await new ApiError(RequestErrors.RateLimited, $"The plan {admission.Limits.Plan} allows {admission.Limit} such requests a minute.")
        {
            RetryAfter = admission.RetryAfter,
        }.ExecuteAsync(context);
    }

    /// <summary>
    /// The fields of draft-ietf-httpapi-ratelimit-headers and the older ones, of which <c>X-RateLimit-Reset</c> is a Unix time.
    /// </summary>
    private void Write(IHeaderDictionary headers, RequestClass requestClass, Admission admission)
    {
        var policy = requestClass == RequestClass.Work ? "work" : "read";
        var seconds = (long)Math.Ceiling(admission.Reset.TotalSeconds);
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";q={admission.Limit};w={WindowSeconds}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";r={admission.Remaining};t={seconds}");
        headers["X-RateLimit-Limit"] = admission.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = admission.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = (time.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);
    }
}
