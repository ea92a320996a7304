using Microsoft.AspNetCore.Diagnostics;

namespace LipSync.Gateway.Errors;

/// <summary>Turns what an endpoint threw into an answer of the contract's shape; the details go to the log only.</summary>
public sealed partial class FaultHandler(ILogger<FaultHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            LogClientGone(logger, httpContext.TraceIdentifier);
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await Answer(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private ApiError Answer(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new ApiError(RequestErrors.BodyTooLarge);
            case BadHttpRequestException:
                LogUnreadable(logger, context.TraceIdentifier, exception);
                return new ApiError(RequestErrors.InvalidRequest, "The request's body could not be read to its end.");
            case var _ when BrokenMachine.IsBehind(exception):
                LogUnavailable(logger, context.Request.Method, context.Request.Path, context.TraceIdentifier, exception);
                return new ApiError(RequestErrors.TemporarilyUnavailable) { RetryAfter = RetryDelay };
            default:
                LogFault(logger, context.Request.Method, context.Request.Path, context.TraceIdentifier, exception);
                return new ApiError(RequestErrors.InternalError);
        }
    }
}
