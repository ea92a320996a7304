namespace LipSync.Gateway.Cluster;

/// <summary>
/// A gateway may start before the database and the first silo: it waits instead of failing, whatever the order of deployment.
/// What no wait mends, such as a wrong password, ends the start.
/// </summary>
public sealed partial class ConnectUntilReady(TimeProvider time, ILogger<ConnectUntilReady> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private string? reason;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (DatabaseFailure.IsPermanent(exception))
        {
            return false;
        }

        if (reason != exception.Message)
        {
            reason = exception.Message;
            LogWaiting(logger, reason);
        }

        await Task.Delay(Interval, time, cancellationToken);
        return true;
    }
}
