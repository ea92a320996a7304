using Microsoft.Extensions.Logging;

namespace LipSync.Steps;

public sealed partial class AssembleStep
{
    [LoggerMessage(LogLevel.Error, "The finished video of {JobId} could not be looked at again; it is delivered unchecked.")]
    private partial void LogUnchecked(Exception exception, string jobId);
}
