using Npgsql;
using Orleans.Configuration;

namespace LipSync.Gateway.Cluster;

public static class ClusterClient
{
    /// <summary>It only reads where the silos are.</summary>
    private const int Connections = 2;

    /// <summary>Long enough for a write that waits for the database, short enough that a customer still waits for the answer.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(15);

    /// <summary>How soon a control silo that is new gets its share.</summary>
    private static readonly TimeSpan GatewayListRefresh = TimeSpan.FromSeconds(5);

    /// <summary>A client of the cluster whose members are in the database.</summary>
    public static IClientBuilder UsePostgresCluster(this IClientBuilder client)
    {
        client.Services.AddClusterDatabase(Connections);
        client.UseAdoNetClustering(clustering => clustering.Configure<NpgsqlDataSource>(
            (options, database) => (options.Invariant, options.DataSource) = (ClusterDatabase.Invariant, database)));
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
        client.Configure<Orleans.Configuration.GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewayListRefresh);
        client.UseConnectionRetryFilter<ConnectUntilReady>();
        return client;
    }
}
