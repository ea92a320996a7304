using LipSync.Jobs;

namespace LipSync.Gateway.Jobs;

/// <summary>
/// Submits a job, again and again for a while where a silo or its database was lost in between: the job's id is the same, so that
/// it is submitted once whatever became of the first try.
/// </summary>
public sealed partial class JobSubmission(IGrainFactory grains, TimeProvider time, ILogger<JobSubmission> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // After that the caller has waited long enough.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<SubmitResult> Submit(string jobId, JobSpec spec, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await grains.GetGrain<IJobGrain>(jobId).Submit(spec);
            }
            catch (Exception exception) when (time.GetElapsedTime(started) < Patience && !cancellationToken.IsCancellationRequested)
            {
                LogAgain(exception, jobId);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Job {JobId} could not be submitted; it is tried again.")]
    private partial void LogAgain(Exception exception, string jobId);
}
