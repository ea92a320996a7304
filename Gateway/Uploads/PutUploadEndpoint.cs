using LipSync.Gateway.Errors;
using LipSync.Gateway.Media;
using LipSync.Gateway.OpenApi;
using LipSync.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Uploads;

/// <summary>Takes the file of a signed link. The link says which and how large; nobody need show a key.</summary>
public static class PutUploadEndpoint
{
    public static void MapPutUpload(this IEndpointRouteBuilder api) => api
        .MapPut($"/media/{IMediaStore.Uploads}{{name:minlength(1)}}", Put)
        .WithName("PutUpload")
        .WithTags("Uploads")
        .WithSummary("Put a file to a signed link")
        .WithDescription("Takes the bytes of a file at the `uploadUrl` of an upload with `presign=true`. Putting it again replaces it.")
        .WithRawBody()
        .ProducesErrors(RequestErrors.InvalidRequest, RequestErrors.Forbidden, RequestErrors.OutputExpired, RequestErrors.BodyTooLarge);

    /// <param name="name">The file's name in the link.</param>
    /// <param name="expires">The second, in Unix time, at which the link ends.</param>
    /// <param name="max">The most bytes that the link takes.</param>
    /// <param name="signature">As the link has it.</param>
    private static async Task<Results<Ok, ApiError>> Put(
        string name, string? expires, long? max, string? signature, HttpRequest request, MediaLinks links, IMediaStore store, CancellationToken cancellationToken)
    {
        var key = IMediaStore.Uploads + name;
        var largest = max ?? 0;
        switch (await links.CheckPut(key, expires, largest, signature))
        {
            case LinkState.Forged:
                return new ApiError(RequestErrors.Forbidden, "The link's signature is missing or wrong.");
            case LinkState.Expired:
                return new ApiError(RequestErrors.OutputExpired, "The link has expired.");
        }

        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = largest;
        if (await store.Put(key, request.Body, largest, cancellationToken) > 0)
        {
            return TypedResults.Ok();
        }

        await store.DeletePrefix(key, cancellationToken);
        return new ApiError(RequestErrors.InvalidRequest, "The file is empty.");
    }
}
