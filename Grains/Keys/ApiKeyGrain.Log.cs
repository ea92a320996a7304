using Microsoft.Extensions.Logging;

namespace LipSync.Keys;

public sealed partial class ApiKeyGrain
{
    [LoggerMessage(LogLevel.Warning, "The last use of key {KeyId} could not be written; the next one will be, after a minute.")]
    private partial void LogUseNotWritten(Exception exception, string keyId);
}
