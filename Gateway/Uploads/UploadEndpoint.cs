using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Idempotency;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Media;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Uploads;

/// <summary>Streams a file from the request into the media store; it is never held in memory. Or tells where one can be put.</summary>
public static class UploadEndpoint
{
    /// <summary>How long a file is kept, and the links to it are valid.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public static void MapUploads(this IEndpointRouteBuilder api) => api
        .MapPost("/uploads", Upload)
        .CountAs(RequestClass.Work)
        .Idempotent(static (context, cancellationToken) => UploadedFile.ReadThrough(context.Request, Caller.LimitsOf(context), cancellationToken))
        .WithName("Upload")
        .WithTags("Uploads")
        .WithSummary("Upload a file")
        .WithDescription(
            "Stores an audio, video or image file for 24 hours and answers a link that `generate` takes as `audioUrl`, `videoUrl` or `imageUrl`. "
            + "The file is the part `file` of a form, or the whole body, with its audio, video or image type.\n\n"
            + "With `presign=true` no file is sent, and the answer has a link to `PUT` it to, without a key. The body is then empty or JSON with what is known of the "
            + "file: `{ \"contentType\": \"video/mp4\", \"size\": 1048576 }`. `size`, in bytes, has a file that is too large refused at once.")
        .WithFileForm(UploadedFile.Field, "The file; not with `presign=true`.")
        .ProducesErrors(RequestErrors.InvalidRequest, RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    /// <param name="presign">Whether to answer a link to put the file to instead of taking it from this request; false where not given.</param>
    private static Task<Results<Created<Envelope<UploadAnswer>>, ApiError>> Upload(
        HttpRequest request, bool? presign, Caller caller, Operation operation, IMediaStore store, MediaLinks links, TimeProvider time,
        CancellationToken cancellationToken) => presign is true
            ? Presign(request, caller, links, time, cancellationToken)
            : Store(request, caller, operation, store, links, time, cancellationToken);

    private static async Task<Results<Created<Envelope<UploadAnswer>>, ApiError>> Store(
        HttpRequest request, Caller caller, Operation operation, IMediaStore store, MediaLinks links, TimeProvider time, CancellationToken cancellationToken)
    {
        var largest = caller.Limits.LargestUploadBytes;
        string key;
        long size;
        try
        {
            var file = await UploadedFile.Find(request, largest, cancellationToken);
            if (file.Error is { } refused)
            {
                return refused;
            }

            await using var content = new HashingStream(file.Value.Content);
            key = NewKey(file.Value.Extension);
            size = await store.Put(key, content, largest, cancellationToken);
            operation.Content = file.Value.Describe(content);
        }
        catch (MediaTooLargeException)
        {
            return TooLarge(caller.Limits);
        }
        catch (Exception e) when (UploadedFile.IsMalformedForm(e))
        {
            return new ApiError(RequestErrors.InvalidRequest, "The form is malformed or ends before its last boundary.");
        }

        if (size == 0)
        {
            await store.DeletePrefix(key, cancellationToken);
            return new ApiError(RequestErrors.InvalidRequest, "The file is empty.");
        }

        return Created(new UploadAnswer(await links.Create(request, key, Lifetime), time.GetUtcNow() + Lifetime) { Size = size });
    }

    private static async Task<Results<Created<Envelope<UploadAnswer>>, ApiError>> Presign(
        HttpRequest request, Caller caller, MediaLinks links, TimeProvider time, CancellationToken cancellationToken)
    {
        var wanted = await PresignRequest.Read(request, cancellationToken);
        if (wanted.Error is { } refused)
        {
            return refused;
        }

        var largest = caller.Limits.LargestUploadBytes;
        if (wanted.Value.Size > largest)
        {
            return TooLarge(caller.Limits);
        }

        var key = NewKey(ContentTypes.ExtensionFor(name: null, wanted.Value.ContentType));
        return Created(new UploadAnswer(await links.Create(request, key, Lifetime), time.GetUtcNow() + Lifetime)
        {
            UploadUrl = await links.CreateForPut(request, key, Lifetime, largest, cancellationToken),
            Method = HttpMethods.Put,
            MaxBytes = largest,
        });
    }

    private static Created<Envelope<UploadAnswer>> Created(UploadAnswer answer) => TypedResults.Created(answer.Url, new Envelope<UploadAnswer>(answer));

    private static string NewKey(string extension) => $"{IMediaStore.Uploads}{Guid.NewGuid():N}{extension}";

    private static ApiError TooLarge(PlanLimits limits) =>
        new(RequestErrors.BodyTooLarge, $"The plan {limits.Plan} takes files of up to {limits.LargestUploadBytes} bytes.");
}
