using Microsoft.Extensions.Logging;

namespace LipSync.Jobs.Effects;

internal sealed partial class JobOutbox
{
    [LoggerMessage(LogLevel.Warning, "Job {JobId} could not perform {Effect}; it is tried again in {Delay}.")]
    private partial void LogEffectFailed(Exception exception, string jobId, JobEffectKind effect, TimeSpan delay);
}
