using LipSync.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LipSync.Recovery;

/// <summary>
/// After a start, after the death of a silo, and when a queue comes to life, wakes every job that had not ended: its crash-left
/// outbox is performed and its items are offered again within seconds, instead of at its next reminder. Every silo that hosts jobs
/// does so: to resume a job twice changes nothing.
/// </summary>
public sealed partial class JobRecovery(
    IGrainFactory grains, IJobProjection projection, RecoverySignal signal, ISiloStatusOracle silos, TimeProvider time, ILogger<JobRecovery> logger)
    : BackgroundService, ISiloStatusListener
{
    private const int Concurrency = 16;

    /// <summary>The queues of all shards and the silos that follow a dead one come to life at about the same time.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status is SiloStatus.Dead)
        {
            signal.Raise();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        silos.SubscribeToSiloStatusEvents(this);
        await TryResumeAll(stoppingToken);
        while (true)
        {
            await signal.Wait(stoppingToken);
            await Task.Delay(Settling, time, stoppingToken);
            await TryResumeAll(stoppingToken);
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        silos.UnSubscribeFromSiloStatusEvents(this);
        return base.StopAsync(cancellationToken);
    }

    private async Task TryResumeAll(CancellationToken cancellationToken)
    {
        try
        {
            await ResumeAll(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The database may be away together with the silo. Reminders would find the jobs too, but later.
            LogRecoveryFailed(exception);
            signal.Raise();
        }
    }

    private async Task ResumeAll(CancellationToken cancellationToken)
    {
        var unfinished = await projection.Unfinished(cancellationToken);
        LogResuming(unfinished.Length);
        await Parallel.ForEachAsync(
            unfinished,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (jobId, _) => await Resume(jobId));
    }

    private async Task Resume(string jobId)
    {
        try
        {
            await grains.GetGrain<IJobGrain>(jobId).Resume();
        }
        catch (Exception exception)
        {
            // One broken job must not keep the others waiting; its reminder tries again.
            LogResumeFailed(exception, jobId);
        }
    }
}
