using LipSync.Gateway.Errors;
using LipSync.Gateway.OpenApi;
using LipSync.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

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
        var isMedia = ContentTypes.OfName(key) != ContentTypes.Unknown;
        response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue(isMedia ? "inline" : "attachment") { FileName = DownloadName(key) }.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
        response.Headers.CacheControl = "private";
    }

    /// <summary><c>jobs/job_1/output.mp4</c> is saved as <c>job_1.mp4</c>: the folder says more than the file.</summary>
    private static string DownloadName(string key)
    {
        var segments = key.Split('/');
        return segments is [.., "jobs", var job, var file] ? job + Path.GetExtension(file) : segments[^1];
    }
}
