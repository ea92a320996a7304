using System.Globalization;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Errors;

/// <summary>A refusal as an endpoint's result.</summary>
public sealed class ApiError(ApiErrorCode code, string? detail = null, IReadOnlyDictionary<string, string[]>? errors = null)
    : IResult, IStatusCodeHttpResult
{
    public ApiErrorCode Code { get; } = code;

    /// <summary>Sent as whole seconds, rounded up.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The job of which it could not be told whether it was started.</summary>
    public string? JobId { get; init; }

    public int? StatusCode => Code.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var status = Code.Status ?? throw new InvalidOperationException($"'{Code.Code}' is the failure of a job, not of a request.");
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var sentence = detail ?? Code.Cause;
        var body = new ErrorBody($"/errors#{Code.Code}", Code.Title, status, sentence, Code.Code, httpContext.TraceIdentifier, sentence)
        {
            Errors = errors,
            JobId = JobId,
        };
        var json = httpContext.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>();
        return response.WriteAsJsonAsync(body, json.Value.SerializerOptions, "application/problem+json", httpContext.RequestAborted);
    }
}
