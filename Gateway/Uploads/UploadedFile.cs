using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Media;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LipSync.Gateway.Uploads;

/// <summary>The file in a request's body, not yet read: the part <c>file</c> of a form, or the whole body.</summary>
/// <param name="Content">Read once, forward only.</param>
/// <param name="Extension">With its dot, or empty where it is not known.</param>
public sealed record UploadedFile(Stream Content, string Extension)
{
    /// <summary>The form's part that is the file.</summary>
    public const string Field = "file";

    private const int LongestBoundary = 128;

    /// <summary>Boundaries, part headers and small fields around the file.</summary>
    private const int FormOverhead = 64 * 1024;

    private static readonly string[] MediaTypes = ["audio", "video", "image"];

    /// <param name="largest">Bytes of the largest file that is taken.</param>
    public static async Task<Validated<UploadedFile>> Find(HttpRequest request, long largest, CancellationToken cancellationToken)
    {
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = largest + FormOverhead;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return new ApiError(RequestErrors.UnsupportedMediaType);
        }

        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await FindPart(request.Body, HeaderUtilities.RemoveQuotes(type.Boundary).Value, cancellationToken);
        }

        var isMedia = MediaTypes.Contains(type.Type.Value, StringComparer.OrdinalIgnoreCase)
            || type.MediaType.Equals(ContentTypes.Unknown, StringComparison.OrdinalIgnoreCase);
        return isMedia
            ? new UploadedFile(request.Body, ContentTypes.ExtensionFor(name: null, type.MediaType.Value))
            : new ApiError(RequestErrors.UnsupportedMediaType);
    }

    /// <summary>Reads a file that need not be stored: what <see cref="Describe"/> says of it, or null where there is none.</summary>
    public static async Task<string?> ReadThrough(HttpRequest request, PlanLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            var file = await Find(request, limits.LargestUploadBytes, cancellationToken);
            if (file.Error is not null)
            {
                return null;
            }

            await using var content = new HashingStream(file.Value.Content);
            await content.CopyToAsync(Stream.Null, cancellationToken);
            return file.Value.Describe(content);
        }
        catch (Exception e) when (IsMalformedForm(e))
        {
            return null;
        }
    }

    /// <summary>
    /// The form reader throws bare exceptions; those of the server (a body cut off or too large) and of the disk are derived from
    /// IOException or carry the system's error number, and are not the form's fault.
    /// </summary>
    public static bool IsMalformedForm(Exception e) =>
        e is InvalidDataException || (e.GetType() == typeof(IOException) && e.HResult == new IOException().HResult);

    /// <summary>The same for the same file, however its request is put together.</summary>
    internal string Describe(HashingStream content) => content.Hash + Extension;

    private static async Task<Validated<UploadedFile>> FindPart(Stream body, string? boundary, CancellationToken cancellationToken)
    {
        if (boundary is not { Length: > 0 and <= LongestBoundary })
        {
            return new ApiError(RequestErrors.InvalidRequest, "The form's Content-Type has no usable boundary.");
        }

        var reader = new MultipartReader(boundary, body);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                && HeaderUtilities.RemoveQuotes(disposition.Name).Equals(Field, StringComparison.Ordinal))
            {
                var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
                return new UploadedFile(section.Body, ContentTypes.ExtensionFor(name, section.ContentType));
            }
        }

        var errors = new FieldErrors();
        errors.Invalid(Field, "is required: the file as a part of the form.");
        return errors.ToError()!;
    }
}
