
namespace LipSync.Gateway.Errors;

public static class ErrorHosting
{
    public static IServiceCollection AddApiErrors(this IServiceCollection services) => services
        .AddExceptionHandler<FaultHandler>()
        // Failures of parameter binding go the same way as every other one.
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);

    /// <summary>Gives every failure the contract's shape, those of routing included.</summary>
    public static void UseApiErrors(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(static _ => { });
        app.UseStatusCodePages(static pages => Shape(pages.HttpContext));
    }

    /// <summary>The list of codes for people, at <c>/errors</c>.</summary>
    public static void MapErrorPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/errors", static () => TypedResults.Content(ErrorPage.Html, "text/html; charset=utf-8")).ExcludeFromDescription();

    private static Task Shape(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var code = status switch
        {
            StatusCodes.Status401Unauthorized => RequestErrors.InvalidApiKey,
            StatusCodes.Status403Forbidden => RequestErrors.Forbidden,
            StatusCodes.Status404NotFound => RequestErrors.NotFound,
            StatusCodes.Status405MethodNotAllowed => RequestErrors.MethodNotAllowed,
            StatusCodes.Status413PayloadTooLarge => RequestErrors.BodyTooLarge,
            StatusCodes.Status415UnsupportedMediaType => RequestErrors.UnsupportedMediaType,
            StatusCodes.Status400BadRequest => RequestErrors.InvalidRequest,
            _ => null,
        };
        return code is null ? Task.CompletedTask : new ApiError(code).ExecuteAsync(context);
    }
}
