namespace LipSync.Gateway.Cluster;

/// <summary>A gateway may start before the first silo: it waits instead of failing, whatever the order of deployment.</summary>
public sealed partial class ConnectUntilReady(TimeProvider time, ILogger<ConnectUntilReady> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogWaiting(logger, exception.Message);
        await Task.Delay(Interval, time, cancellationToken);
        return true;
    }
}
