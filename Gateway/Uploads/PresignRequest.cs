using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using Microsoft.Net.Http.Headers;

namespace LipSync.Gateway.Uploads;

/// <summary>A file that will be put. Every member may be left out, and the body with them.</summary>
public sealed record PresignRequest
{
    /// <summary>The file's type, such as <c>video/mp4</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The file's bytes: a file that is too large is refused now instead of when it is put.</summary>
    [Range(1, long.MaxValue)]
    public long? Size { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    public static async Task<Validated<PresignRequest>> Read(HttpRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.ContentType))
        {
            return new PresignRequest();
        }

        if (!request.HasJsonContentType())
        {
            return new ApiError(RequestErrors.UnsupportedMediaType);
        }

        var body = await JsonBody.Read<PresignRequest>(request, cancellationToken);
        return body.Error is null && body.Value.Check() is { } refused ? refused : body;
    }

    private ApiError? Check()
    {
        var errors = new FieldErrors();
        errors.Unknown(Unknown);

        if (ContentType is not null && !MediaTypeHeaderValue.TryParse(ContentType, out _))
        {
            errors.Invalid("contentType", "must be a media type, such as video/mp4.");
        }

        if (Size is < 1)
        {
            errors.Invalid("size", "must be at least 1.");
        }

        return errors.ToError();
    }
}
