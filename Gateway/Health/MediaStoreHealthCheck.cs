using LipSync.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LipSync.Gateway.Health;

/// <summary>The media store can be written: a byte, because a full disk still takes an empty file.</summary>
public sealed class MediaStoreHealthCheck(IMediaStore store) : IHealthCheck
{
    private static readonly byte[] Probe = [1];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.Put("health/probe", new MemoryStream(Probe), Probe.Length, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
