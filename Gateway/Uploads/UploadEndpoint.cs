using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Media;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Uploads;

/// <summary>Streams a file from the request into the media store; it is never held in memory.</summary>
public static class UploadEndpoint
{
    /// <summary>Boundaries, part headers and small fields around the file.</summary>
    private const int FormOverhead = 64 * 1024;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public static void MapUploads(this IEndpointRouteBuilder api) => api
        .MapPost("/uploads", Upload)
        .CountAs(RequestClass.Work)
        .WithName("Upload")
        .WithTags("Uploads")
        .WithSummary("Upload a file")
        .WithDescription("Stores an audio, video or image file for 24 hours and answers a link that `generate` takes as `audioUrl`, `videoUrl` or `imageUrl`.")
        .WithFileBody(UploadedFile.Field, "video/*", "audio/*", "image/*", "application/octet-stream")
        .ProducesErrors(RequestErrors.InvalidRequest, RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    private static async Task<Results<Created<Envelope<UploadAnswer>>, ApiError>> Upload(
        HttpRequest request, Caller caller, IMediaStore store, MediaLinks links, TimeProvider time, CancellationToken cancellationToken)
    {
        var largest = caller.Limits.LargestUploadBytes;
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = largest + FormOverhead;
        string key;
        long size;
        try
        {
            var file = await UploadedFile.Find(request, cancellationToken);
            if (file.Error is { } refused)
            {
                return refused;
            }

            key = $"{IMediaStore.Uploads}{Guid.NewGuid():N}{file.Value.Extension}";
            size = await store.Put(key, file.Value.Content, largest, cancellationToken);
        }
        catch (MediaTooLargeException)
        {
            return new ApiError(RequestErrors.BodyTooLarge, $"The plan {caller.Limits.Plan} takes files of up to {largest} bytes.");
        }
        catch (Exception e) when (IsMalformedForm(e))
        {
            return new ApiError(RequestErrors.InvalidRequest, "The form is malformed or ends before its last boundary.");
        }

        if (size == 0)
        {
            await store.DeletePrefix(key, cancellationToken);
            return new ApiError(RequestErrors.InvalidRequest, "The file is empty.");
        }

        var url = await links.Create(request, key, Lifetime);
        return TypedResults.Created(url, new Envelope<UploadAnswer>(new UploadAnswer(url, time.GetUtcNow() + Lifetime, size)));
    }

    /// <summary>
    /// The form reader throws bare exceptions; those of the server (a body cut off or too large) and of the disk are derived from
    /// IOException or carry the system's error number, and are not the form's fault.
    /// </summary>
    private static bool IsMalformedForm(Exception e) =>
        e is InvalidDataException || (e.GetType() == typeof(IOException) && e.HResult == new IOException().HResult);
}
