using LipSync.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LipSync.Recovery;

/// <summary>
/// After a start, wakes every job that had not ended: its crash-left outbox is performed and its items are offered again within
/// seconds, instead of at its next reminder.
/// </summary>
public sealed partial class JobRecovery(IGrainFactory grains, IJobProjection projection, ILogger<JobRecovery> logger) : BackgroundService
{
    private const int Concurrency = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var unfinished = await projection.Unfinished(stoppingToken);
        LogResuming(unfinished.Length);
        await Parallel.ForEachAsync(
            unfinished,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = stoppingToken },
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
