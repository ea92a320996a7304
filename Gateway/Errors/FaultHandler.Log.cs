namespace LipSync.Gateway.Errors;

public sealed partial class FaultHandler
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed (request {RequestId}).")]
    private static partial void LogFault(ILogger logger, string method, string path, string requestId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} could not reach the cluster (request {RequestId}).")]
    private static partial void LogUnavailable(ILogger logger, string method, string path, string requestId, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The body of request {RequestId} could not be read.")]
    private static partial void LogUnreadable(ILogger logger, string requestId, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of request {RequestId} is gone.")]
    private static partial void LogClientGone(ILogger logger, string requestId);
}
