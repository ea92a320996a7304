namespace LipSync.Gateway.Cluster;

public sealed partial class ConnectUntilReady
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "No silo answers yet: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
