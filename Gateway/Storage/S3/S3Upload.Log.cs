namespace LipSync.Gateway.Storage.S3;

internal sealed partial class S3Upload
{
    [LoggerMessage(LogLevel.Warning, "The media store's answer to the put of {Key} was lost; what it has is whole.")]
    private partial void LogFoundWhole(string key);

    [LoggerMessage(LogLevel.Warning, "An upload of {Key} that failed could not be taken back; the next sweep does it.")]
    private partial void LogNotAborted(Exception exception, string key);
}
