using LipSync.Gateway.Cluster;
using LipSync.Gateway.Health;
using LipSync.Gateway.Hosting;
using LipSync.Gateway.Storage;
using LipSync.Silo.Cluster;
using LipSync.Silo.Storage.Postgres;
using LipSync.Slots;

namespace LipSync.Silo.Roles;

/// <summary>What every silo of a cluster has, whatever it hosts: its place in the cluster, storage, and a small listener for its health.</summary>
public static class ClusterRole
{
    /// <summary>Connections to the database; a write holds one for a millisecond.</summary>
    private const int Connections = 20;

    /// <summary>A running item is finished or handed back in it; a hundred thousand grains take twelve seconds.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(60);

    /// <param name="host">Adds the grains of the role.</param>
    public static void AddClusterSilo(this WebApplicationBuilder builder, SiloRole role, Action<ISiloBuilder> host)
    {
        var worker = (builder.Configuration.GetSection(SlotOptions.Section).Get<SlotOptions>() ?? new SlotOptions()).Worker;
        builder.Services.AddClusterDatabase(Connections);
        builder.Services.AddPostgresStorage();
        builder.UseOrleans(silo => host(silo.UsePostgresCluster(role, worker)));
        builder.AddMediaStore();

        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services
            .AddReadiness<RunningHealthCheck>("running")
            .AddReadiness<MemberHealthCheck>("cluster")
            .AddReadiness<PostgresHealthCheck>("database");
        builder.Services.AddHostedService<StopNotice>();
        builder.Services.AddHostedService<ReadyLine>();
    }
}
