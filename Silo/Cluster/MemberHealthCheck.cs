using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LipSync.Silo.Cluster;

/// <summary>The silo has joined the cluster, and the cluster has not declared it dead.</summary>
public sealed class MemberHealthCheck(IClusterMembershipService membership, ILocalSiloDetails silo) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress) is SiloStatus.Active ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}
