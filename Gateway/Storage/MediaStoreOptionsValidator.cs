using LipSync.Gateway.Storage.S3;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Storage;

/// <summary>Says what is wrong with the settings of the chosen store; those of the other are not looked at.</summary>
public sealed class MediaStoreOptionsValidator : IValidateOptions<MediaStoreOptions>
{
    private const string S3 = $"{MediaStoreOptions.Section}:S3";
    private const int SmallestPart = 5 * 1024 * 1024; // S3's own limit, but for the last part

    public ValidateOptionsResult Validate(string? name, MediaStoreOptions options)
    {
        List<string> failures = [.. options.Kind switch
        {
            MediaStoreKind.Folder => FailuresOf(options.Folder),
            MediaStoreKind.S3 => FailuresOf(options.S3),
            _ => [$"{MediaStoreOptions.Section}:Store is '{options.Store}'. It must be one of: {string.Join(", ", Enum.GetNames<MediaStoreKind>())}."],
        }];
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> FailuresOf(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            yield return $"{MediaStoreOptions.Section}:Folder is empty.";
        }
    }

    private static IEnumerable<string> FailuresOf(S3Options s3)
    {
        if (string.IsNullOrWhiteSpace(s3.Bucket))
        {
            yield return $"{S3}:Bucket is empty. Name the bucket for this service's artifacts.";
        }

        if (string.IsNullOrWhiteSpace(s3.Region))
        {
            yield return $"{S3}:Region is empty. Name the bucket's region; for a server of your own, leave the setting out.";
        }

        if (s3.ServiceUrl is not (null or { IsAbsoluteUri: true, Scheme: "http" or "https", PathAndQuery: "/" }))
        {
            yield return $"{S3}:ServiceUrl must be the server's http(s) address without a path, such as https://s3.example.com:9000.";
        }

        if (string.IsNullOrEmpty(s3.AccessKey) != string.IsNullOrEmpty(s3.SecretKey))
        {
            yield return $"{S3}:AccessKey and {S3}:SecretKey belong together. Set both, or neither.";
        }

        if (string.IsNullOrWhiteSpace(s3.CacheFolder) || s3.CacheBytes < 0)
        {
            yield return $"{S3}:CacheFolder must name a folder, and {S3}:CacheBytes must not be negative.";
        }

        if (s3.PartBytes < SmallestPart || s3.RequestTimeout <= TimeSpan.Zero || s3.Retries is < 0 or > 10)
        {
            yield return $"{S3}:PartBytes must be at least {SmallestPart}, {S3}:RequestTimeout more than 0, {S3}:Retries from 0 to 10.";
        }
    }
}
