using LipSync.Gateway.Errors;
using LipSync.Gateway.OpenApi;
using LipSync.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Media;

/// <summary>Opens a signed link.</summary>
public static class MediaEndpoint
{
    private const string Pattern = "/media/{**key:minlength(1)}";

    private static readonly string[] Head = [HttpMethods.Head];

    public static void MapMedia(this IEndpointRouteBuilder api)
    {
        api.MapMethods(Pattern, Head, Open).ExcludeFromDescription();
        api.MapGet(Pattern, Open)
            .WithName("OpenMedia")
            .WithTags("Media")
            .WithSummary("Open a signed link")
            .WithDescription("Serves an artifact without a key, in whole or in part (`Range`), until the link expires. Links come from the other requests.")
            .Produces<Stream>(StatusCodes.Status200OK, "video/mp4")
            .Produces<Stream>(StatusCodes.Status206PartialContent, "video/mp4")
            .ProducesErrors(RequestErrors.Forbidden, RequestErrors.OutputExpired);
    }

    private static async Task<Results<FileStreamHttpResult, ApiError>> Open(
        string key, string? expires, string? signature, HttpResponse response, MediaLinks links, IMediaStore store, CancellationToken cancellationToken)
    {
        switch (await links.Check(key, expires, signature))
        {
            case LinkState.Forged:
                return new ApiError(RequestErrors.Forbidden, "The link's signature is missing or wrong.");
            case LinkState.Expired:
                return new ApiError(RequestErrors.OutputExpired, "The link has expired.");
        }

        if (await store.Open(key, cancellationToken) is not { } content)
        {
            return new ApiError(RequestErrors.OutputExpired, "The content behind this link has been deleted.");
        }

        Describe(response, key);
        return TypedResults.Stream(content, ContentTypes.OfName(key), enableRangeProcessing: true);
    }

    private static void Describe(HttpResponse response, string key)
    {
        response.Headers.ContentDisposition = Downloads.DispositionOf(key);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
        response.Headers.CacheControl = "private";
    }
}
