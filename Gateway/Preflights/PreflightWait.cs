using LipSync.Gateway.Jobs;
using LipSync.Jobs;

namespace LipSync.Gateway.Preflights;

/// <summary>Waits for a preflight on behalf of its caller, and ends it where he hangs up.</summary>
public sealed class PreflightWait(IGrainFactory grains, JobWithdrawals withdrawals, TimeProvider time)
{
    /// <returns>The preflight as it is at its end, or when patience is over.</returns>
    /// <param name="cancellationToken">The caller has hung up: nobody would ever learn the preflight's id.</param>
    public async Task<JobView> ForEnd(string id, JobSpec spec, TimeSpan patience, TimeSpan pause, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            while (true)
            {
                var view = await grains.GetGrain<IJobGrain>(id).Describe(spec.AccountId)
                    ?? throw new InvalidOperationException($"The preflight {id} was accepted and is not there.");
                if (view.Status is not (JobStatus.Queued or JobStatus.Processing) || time.GetElapsedTime(started) >= patience)
                {
                    return view;
                }

                await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch
        {
            withdrawals.Begin(id, spec);
            throw;
        }
    }
}
