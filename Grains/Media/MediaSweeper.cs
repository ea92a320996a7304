using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Media;

/// <summary>
/// Deletes uploads, shared media and preflights that have outlived their time, tells jobs to delete outputs that expired, and deletes what is
/// left of jobs that nobody refers to. What is younger than that by the clock of the oldest unfinished job stays: a backlog, or a
/// service that was off for days, loses no job its media.
/// </summary>
public sealed partial class MediaSweeper(
    IMediaStore store,
    IJobProjection jobs,
    IGrainFactory grains,
    IOptions<SweepOptions> options,
    IOptionsMonitor<PlanOptions> plans,
    TimeProvider time,
    ILogger<MediaSweeper> logger) : BackgroundService
{
    private const int PageSize = 100;

    /// <summary>For the sweeps in which a job could not be told.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    private TimeSpan OrphanAge => TimeSpan.FromTicks(Math.Max(options.Value.KeepOrphans.Ticks, (plans.CurrentValue.LongestArtifactLife + Slack).Ticks));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Period, time);
        do
        {
            await ExpireOutputs(stoppingToken);
            await Sweep(ArtifactKeys.Jobs, OrphanAge, stoppingToken);
            await Sweep(IMediaStore.Uploads, options.Value.KeepUploads, stoppingToken);
            await Sweep(ArtifactKeys.Media, options.Value.KeepMedia, stoppingToken);
            await Sweep(ArtifactKeys.Preflights, options.Value.KeepUploads, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Each page follows the one before, whatever became of its jobs: one that fails keeps no other waiting.</summary>
    private async Task ExpireOutputs(CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            JobPlace? last = null;
            do
            {
                var page = await jobs.Expired(now, last, PageSize, cancellationToken);
                foreach (var job in page)
                {
                    await Expire(job.JobId);
                }

                last = page.Length < PageSize ? null : page[^1];
            }
            while (last is not null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNoExpired(exception);
        }
    }

    private async Task Expire(string jobId)
    {
        try
        {
            await grains.GetGrain<IJobGrain>(jobId).Expire();
        }
        catch (Exception exception)
        {
            LogNotExpired(exception, jobId);
        }
    }

    private async Task Sweep(string prefix, TimeSpan keep, CancellationToken cancellationToken)
    {
        try
        {
            var needed = await jobs.OldestUnfinished(cancellationToken) ?? DateTimeOffset.MaxValue;
            var now = time.GetUtcNow();
            var deleted = await store.DeleteOlder(prefix, (needed < now ? needed : now) - keep, cancellationToken);
            if (deleted > 0)
            {
                LogSwept(deleted, prefix, keep);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogSweepFailed(exception, prefix);
        }
    }
}
