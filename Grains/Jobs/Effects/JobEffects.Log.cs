using Microsoft.Extensions.Logging;

namespace LipSync.Jobs.Effects;

public sealed partial class JobEffects
{
    [LoggerMessage(LogLevel.Warning, "Nobody tells the position of job {JobId}.")]
    private partial void LogNoPosition(Exception exception, string jobId);

    [LoggerMessage(LogLevel.Warning, "The slot directory does not answer; a job is planned for {Slots} slots.")]
    private partial void LogNoSlots(Exception exception, int slots);
}
