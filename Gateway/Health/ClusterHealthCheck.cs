using LipSync.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LipSync.Gateway.Health;

/// <summary>A grain with stored state answers: membership, routing and grain storage work.</summary>
public sealed class ClusterHealthCheck(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await grains.GetGrain<ISigningKeyGrain>(ISigningKeyGrain.Links).Get().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
