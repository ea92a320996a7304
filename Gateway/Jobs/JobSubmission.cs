using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Jobs;

namespace LipSync.Gateway.Jobs;

/// <summary>
/// Submits a job, again and again for a while where a silo or its database was lost in between: the job's id is the same, so that
/// it is submitted once whatever became of the first try.
/// </summary>
public sealed partial class JobSubmission(IGrainFactory grains, JobWithdrawals withdrawals, TimeProvider time, ILogger<JobSubmission> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Nobody says so when the silo dies that has a call: the client would wait for its answer as long as for a slow one's.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(4);

    // After that the caller has waited long enough.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The job's answer, or the refusal. A job that gave no answer in time may start later: a caller who can repeat his request will
    /// hear of it, for one who can't it is withdrawn.
    /// </summary>
    /// <param name="repeatable">Whether the same request sent again is the same job.</param>
    /// <param name="cancellationToken">The caller has hung up.</param>
    public async Task<Validated<SubmitResult>> Submit(string jobId, JobSpec spec, bool repeatable, CancellationToken cancellationToken)
    {
        SubmitResult result;
        try
        {
            result = await SubmitInTheEnd(jobId, spec, cancellationToken);
        }
        catch (Exception exception)
        {
            if (!repeatable)
            {
                withdrawals.Begin(jobId, spec);
            }

            if (!BrokenMachine.IsBehind(exception))
            {
                throw;
            }

            LogUnanswered(exception, jobId);
            return Unanswered(jobId, repeatable);
        }

        if (result.Accepted && !repeatable && cancellationToken.IsCancellationRequested)
        {
            // He hung up before he could learn the job's id.
            withdrawals.Begin(jobId, spec);
        }

        return result switch
        {
            { Accepted: true } => result,
            { Refusal: SubmitRefusal.Conflict } => new ApiError(RequestErrors.IdempotencyConflict),
            _ => new ApiError(RequestErrors.InsufficientCredits, $"This job may cost {result.EstimatedCredits} credits; the account has fewer available."),
        };
    }

    private async Task<SubmitResult> SubmitInTheEnd(string jobId, JobSpec spec, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await grains.GetGrain<IJobGrain>(jobId).Submit(spec).WaitAsync(AnswerTime, time, CancellationToken.None);
            }
            catch (Exception exception) when (time.GetElapsedTime(started) < Patience)
            {
                LogAgain(exception, jobId);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private static ApiError Unanswered(string jobId, bool repeatable) => new(
        RequestErrors.TemporarilyUnavailable,
        repeatable
            ? "It is not known yet whether the job was started. Send the request again with the same Idempotency-Key."
            : "The job could not be started. Where it was started all the same, it is cancelled and nothing is charged. Send the request again.")
    {
        RetryAfter = RetryAfter,
        JobId = jobId,
    };

    [LoggerMessage(LogLevel.Warning, "Job {JobId} could not be submitted; it is tried again.")]
    private partial void LogAgain(Exception exception, string jobId);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} gave no answer in time; its caller is told so.")]
    private partial void LogUnanswered(Exception exception, string jobId);
}
