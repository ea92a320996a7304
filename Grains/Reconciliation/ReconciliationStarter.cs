using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LipSync.Reconciliation;

/// <summary>Every silo that hosts accounts makes sure that reconciliation has its reminder: there is a pass a minute after every start, and one every period.</summary>
public sealed partial class ReconciliationStarter(IGrainFactory grains, TimeProvider time, ILogger<ReconciliationStarter> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryStart(stoppingToken))
        {
            await Task.Delay(Retry, time, stoppingToken);
        }
    }

    private async Task<bool> TryStart(CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IReconciliationGrain>(IReconciliationGrain.Key).Start();
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogStartFailed(exception);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Reconciliation could not be started; it is tried again.")]
    private partial void LogStartFailed(Exception exception);
}
