using System.Threading.Channels;
using LipSync.Jobs;

namespace LipSync.Gateway.Jobs;

/// <summary>
/// Withdraws, in the background, jobs whose callers were told that they are not accepted and have no way to ask again: nobody is
/// charged for a job that he never heard of. When the process stops, what is still open is tried once more.
/// </summary>
public sealed partial class JobWithdrawals(IGrainFactory grains, TimeProvider time, ILogger<JobWithdrawals> logger) : BackgroundService
{
    private const int Capacity = 10_000;

    /// <summary>At once, so that one job whose silo is silent does not keep the others waiting.</summary>
    private const int Concurrency = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // After that somebody has to look at what is broken.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Channel<Withdrawal> open = Channel.CreateBounded<Withdrawal>(Capacity);

    public void Begin(string jobId, JobSpec spec)
    {
        if (!open.Writer.TryWrite(new(jobId, spec)))
        {
            LogNotWithdrawn(exception: null, jobId);
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        open.Writer.TryComplete(); // a host may be stopped twice
        return base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        open.Reader.ReadAllAsync(CancellationToken.None),
        new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
        async (withdrawal, _) => await Withdraw(withdrawal, stoppingToken));

    private async Task Withdraw(Withdrawal withdrawal, CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await grains.GetGrain<IJobGrain>(withdrawal.JobId).Withdraw(withdrawal.Spec);
                LogWithdrawn(withdrawal.JobId);
                return;
            }
            catch (Exception exception)
            {
                if (time.GetElapsedTime(started) >= Patience || stoppingToken.IsCancellationRequested)
                {
                    LogNotWithdrawn(exception, withdrawal.JobId);
                    return;
                }
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Job {JobId} was withdrawn: its caller was told that it is not accepted.")]
    private partial void LogWithdrawn(string jobId);

    [LoggerMessage(LogLevel.Error, "Job {JobId} could not be withdrawn: it may run, and be charged, although its caller was told that it is not accepted. Cancel it.")]
    private partial void LogNotWithdrawn(Exception? exception, string jobId);

    private readonly record struct Withdrawal(string JobId, JobSpec Spec);
}
