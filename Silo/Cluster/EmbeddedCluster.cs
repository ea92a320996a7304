using System.Net;
using System.Net.Sockets;
using LipSync.Silo.Storage.Sqlite;
using Orleans.Configuration;

namespace LipSync.Silo.Cluster;

/// <summary>A cluster of this process alone: membership in memory, everything durable in one SQLite file.</summary>
public static class EmbeddedCluster
{
    public static ISiloBuilder UseEmbeddedCluster(this ISiloBuilder silo, SqliteDatabase database)
    {
        // Free ports on the loopback interface, so that several services can run on one machine. Nobody else needs to find them.
        var endpoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        silo.UseDevelopmentClustering(endpoint);
        silo.ConfigureEndpoints(IPAddress.Loopback, endpoint.Port, gatewayPort: 0);
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("embedded", "lipsync"));

        silo.Services.AddSqliteStorage(database);

        silo.UseAdoNetReminderService(options =>
        {
            options.Invariant = "System.Data.SQLite"; // Orleans maps it to Microsoft.Data.Sqlite
            options.ConnectionString = database.ConnectionString;
        });
        return silo;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
