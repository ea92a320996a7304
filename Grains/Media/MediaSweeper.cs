using LipSync.Jobs;
using LipSync.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Media;

/// <summary>
/// Deletes uploads, shared media and preflights that have outlived their time. What is younger than that by the clock of the oldest unfinished
/// job stays: a backlog, or a service that was off for days, loses no job its media.
/// </summary>
public sealed partial class MediaSweeper(
    IMediaStore store, IJobProjection jobs, IOptions<SweepOptions> options, TimeProvider time, ILogger<MediaSweeper> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Period, time);
        do
        {
            await Sweep(IMediaStore.Uploads, options.Value.KeepUploads, stoppingToken);
            await Sweep(ArtifactKeys.Media, options.Value.KeepMedia, stoppingToken);
            await Sweep(ArtifactKeys.Preflights, options.Value.KeepUploads, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
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
