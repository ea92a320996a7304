namespace LipSync.Gateway.Storage.S3;

public sealed partial class BucketCheck
{
    [LoggerMessage(LogLevel.Warning, "The media store's server gives no answer about the bucket {Bucket}; starting without it.")]
    private partial void LogSilent(Exception exception, string bucket);
}
