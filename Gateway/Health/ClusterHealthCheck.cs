using LipSync.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LipSync.Gateway.Health;

/// <summary>A grain writes its record: membership, routing and grain storage work.</summary>
public sealed class ClusterHealthCheck(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await grains.GetGrain<IStorageProbeGrain>(0).Write().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
