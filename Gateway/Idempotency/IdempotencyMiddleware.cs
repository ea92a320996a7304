using LipSync.Gateway.Errors;
using LipSync.Idempotency;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;

namespace LipSync.Gateway.Idempotency;

/// <summary>
/// Runs a request with the header <c>Idempotency-Key</c> once and gives its answer again to every further one. Only what took effect
/// is kept: a refusal is computed again, and after an answer that leaves the outcome open the same operation goes on.
/// </summary>
public sealed class IdempotencyMiddleware(
    RequestDelegate next, IGrainFactory grains, IDataProtectionProvider protection, TimeProvider time, ILogger<IdempotencyMiddleware> logger)
{
    /// <summary>On answers that were given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotentMetadata>() is not { } route)
        {
            await next(context);
            return;
        }

        if (IdempotencyKey.Read(context.Request, out var key) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        if (key is null)
        {
            await next(context);
            return;
        }

        var grainKey = IdempotencyKey.GrainKeyOf(context.User, key);
        var grain = grains.GetGrain<IIdempotencyGrain>(grainKey);
        var contentOf = context.Request.HasJsonContentType() ? null : route.ContentOf;
        var fingerprint = contentOf is null
            ? await RequestFingerprint.OfWhole(context.Request, context.RequestAborted)
            : RequestFingerprint.OfLine(context.Request);
        switch (await grain.Begin(fingerprint))
        {
            case OperationStarted started:
                await Run(context, grain, grainKey, started);
                break;
            case OperationDone done:
                await Replay(context, contentOf, StoredAnswer.Unprotect(done.Answer, protection, grainKey));
                break;
            case OperationInFlight inFlight:
                await InFlight(inFlight.RetryAfter).ExecuteAsync(context);
                break;
            default:
                await new ApiError(RequestErrors.IdempotencyConflict).ExecuteAsync(context);
                break;
        }
    }

    private async Task Run(HttpContext context, IIdempotencyGrain grain, string grainKey, OperationStarted started)
    {
        var operation = new Operation(started.OperationId, Repeatable: true);
        context.Features.Set(operation);
        await using var lease = new OperationLease(grain, started, time, logger);
        byte[] body;
        try
        {
            body = await Capture(context);
        }
        catch
        {
            await lease.Release();
            throw;
        }

        var answer = StoredAnswer.Of(context.Response, body, operation);
        switch (answer.Status)
        {
            case >= 200 and < 300 when !await grain.Complete(started.Ticket, answer.Protect(protection, grainKey)):
                await InFlight(RetryAfter).ExecuteAsync(context);
                return;
            case >= 400 and < 500 when started.IsFirst:
                await grain.Forget(started.Ticket);
                break;
            case >= 400:
                // A request before this one may have taken effect unheard.
                await lease.Release();
                break;
        }

        await answer.Write(context.Response, context.RequestAborted);
    }

    /// <summary>Answers are small; what streams has no key.</summary>
    private async Task<byte[]> Capture(HttpContext context)
    {
        var response = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var captured = new StreamResponseBodyFeature(body, response);
        context.Features.Set<IHttpResponseBodyFeature>(captured);
        try
        {
            await next(context);
            await captured.CompleteAsync();
            return body.ToArray();
        }
        finally
        {
            context.Features.Set(response);
        }
    }

    private static async Task Replay(HttpContext context, ContentReader? contentOf, StoredAnswer answer)
    {
        if (contentOf is not null && await contentOf(context, context.RequestAborted) != answer.Content)
        {
            await new ApiError(RequestErrors.IdempotencyConflict).ExecuteAsync(context);
            return;
        }

        context.Response.Headers[ReplayedHeader] = "true";
        await answer.Write(context.Response, context.RequestAborted);
    }

    private static ApiError InFlight(TimeSpan retryAfter) =>
        new(RequestErrors.IdempotencyConflict, "A request with this Idempotency-Key is still running. Send it again after the seconds in the header Retry-After.")
        {
            RetryAfter = retryAfter,
        };
}
