using LipSync.Gateway.Json;
using LipSync.Gateway.Media;
using LipSync.Jobs;
using LipSync.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace LipSync.Gateway.Lipsync;

/// <summary>Reads the URLs of a request: what may be fetched, and what is an upload of ours.</summary>
public sealed class MediaReferences(MediaLinks links)
{
    private const int LongestUrl = 2048;
    private const string UploadPath = MediaLinks.Path + IMediaStore.Uploads;

    /// <summary>Null, with an error noted, where the URL can't be used.</summary>
    public async Task<MediaSource?> Read(string field, string url, FieldErrors errors)
    {
        if (ReadUrl(field, url, errors) is not { } uri)
        {
            return null;
        }

        // Whatever stands before it: behind a proxy or in a container, the service's own name is not known for sure, the signature is.
        var start = uri.AbsolutePath.IndexOf(UploadPath, StringComparison.Ordinal);
        if (start < 0)
        {
            return new MediaSource(uri.AbsoluteUri, UploadKey: null);
        }

        var key = uri.AbsolutePath[(start + MediaLinks.Path.Length)..];
        var query = QueryHelpers.ParseQuery(uri.Query);
        switch (await links.Check(key, query.GetValueOrDefault("expires"), query.GetValueOrDefault("signature")))
        {
            case LinkState.Valid:
                return new MediaSource(Url: null, key);
            case LinkState.Expired:
                errors.Invalid(field, "is the link of an upload that has expired. Upload the file again.");
                return null;
            default:
                errors.Invalid(field, "is the link of an upload with a wrong signature. Use the link exactly as it was given.");
                return null;
        }
    }

    /// <summary>Null, with an error noted, where this is no absolute http(s) URL.</summary>
    public static Uri? ReadUrl(string field, string url, FieldErrors errors)
    {
        if (url.Length > LongestUrl)
        {
            errors.Invalid(field, $"must be at most {LongestUrl} characters long.");
        }
        else if (url.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c))
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri is not { Scheme: "http" or "https" })
        {
            errors.Invalid(field, "must be an absolute http or https URL.");
        }
        else if (uri.UserInfo.Length > 0)
        {
            errors.Invalid(field, "must not hold a user name or password.");
        }
        else
        {
            return uri;
        }

        return null;
    }
}
