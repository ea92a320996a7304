using LipSync.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LipSync.Gateway.Health;

/// <summary>The media store can be written.</summary>
public sealed class MediaStoreHealthCheck(IMediaStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.Put("health/probe", Stream.Null, maxBytes: 0, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
