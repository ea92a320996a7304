using LipSync.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LipSync.Gateway.Health;

/// <summary>A grain answers: membership and routing work, and grain storage did when the grain was activated.</summary>
public sealed class ClusterHealthCheck(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await grains.GetGrain<ISigningKeyGrain>(ISigningKeyGrain.Links).Get().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
