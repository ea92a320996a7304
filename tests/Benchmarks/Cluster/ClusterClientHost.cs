using LipSync.Gateway.Cluster;
using LipSync.Tests.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LipSync.Benchmarks.Cluster;

/// <summary>An Orleans client of a cluster, as a gateway is one.</summary>
internal sealed class ClusterClientHost : IAsyncDisposable
{
    private readonly IHost host;

    private ClusterClientHost(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IClusterClient>();

    public static async Task<ClusterClientHost> Connect(LocalCluster cluster)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["LipSync:Database:ConnectionString"] = cluster.Postgres.ConnectionString("lipsync", cluster.Database),
        });
        builder.UseOrleansClient(client => client.UsePostgresCluster());
        var client = builder.Build();
        await client.StartAsync();
        return new(client);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
