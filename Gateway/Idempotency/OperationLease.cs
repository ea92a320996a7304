using LipSync.Idempotency;

namespace LipSync.Gateway.Idempotency;

/// <summary>Renews a running request's lease until disposed. A gateway that dies renews nothing, and the key is free again.</summary>
internal sealed partial class OperationLease : IAsyncDisposable
{
    private readonly IIdempotencyGrain grain;
    private readonly OperationStarted started;
    private readonly ILogger logger;
    private readonly PeriodicTimer beat;
    private readonly Task renewing;

    public OperationLease(IIdempotencyGrain grain, OperationStarted started, TimeProvider time, ILogger logger)
    {
        (this.grain, this.started, this.logger) = (grain, started, logger);
        beat = new(started.Lease / 3, time);
        renewing = Renew();
    }

    /// <summary>The outcome is open. Where nobody hears of it, the lease runs out.</summary>
    public async Task Release()
    {
        try
        {
            await grain.Release(started.Ticket);
        }
        catch (Exception exception)
        {
            LogNotReleased(exception, started.OperationId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        beat.Dispose();
        await renewing;
    }

    private async Task Renew()
    {
        while (await beat.WaitForNextTickAsync())
        {
            try
            {
                if (!await grain.Renew(started.Ticket))
                {
                    return;
                }
            }
            catch (Exception exception)
            {
                LogNotRenewed(exception, started.OperationId);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The key of operation {OperationId} could not be released; it is free again when its lease runs out.")]
    private partial void LogNotReleased(Exception exception, string operationId);

    [LoggerMessage(LogLevel.Warning, "The lease of operation {OperationId} could not be renewed; it is tried again.")]
    private partial void LogNotRenewed(Exception exception, string operationId);
}
