using System.Net;
using LipSync.Gateway.Cluster;
using LipSync.Silo.Roles;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace LipSync.Silo.Cluster;

/// <summary>One of many silos: membership and reminders in the cluster's database.</summary>
public static class PostgresCluster
{
    /// <param name="worker">The process's stable name among the slots, and the silo's.</param>
    public static ISiloBuilder UsePostgresCluster(this ISiloBuilder silo, SiloRole role, string worker)
    {
        silo.Services.AddOptions<SiloEndpoints>()
            .BindConfiguration(SiloEndpoints.Section)
            .Validate(static options => options.IsAddressed(), $"{SiloEndpoints.Section}:AdvertisedAddress is no IP address.")
            .ValidateOnStart();
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SiloEndpoints>, SiloEndpointsValidator>());
        silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<SiloEndpoints>>((orleans, ours) => Bind(orleans, ours.Value, role));
        silo.Configure<SiloOptions>(options => options.SiloName = worker);
        silo.Configure<ClusterMembershipOptions>(MembershipTiming.Apply);
        silo.Configure<GrainDirectoryOptions>(MembershipTiming.Apply);
#pragma warning disable ORLEANSEXP003 // experimental in name; with the default directory the death of one silo takes grains of healthy silos with it
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        silo.UseAdoNetClustering(clustering => clustering.Configure<NpgsqlDataSource>(
            (options, database) => (options.Invariant, options.DataSource) = (ClusterDatabase.Invariant, database)));
        silo.UseAdoNetReminderService(reminders => reminders.Configure<NpgsqlDataSource>(
            (options, database) => (options.Invariant, options.DataSource) = (ClusterDatabase.Invariant, database)));
        return silo;
    }

    private static void Bind(EndpointOptions orleans, SiloEndpoints ours, SiloRole role)
    {
        orleans.SiloPort = ours.SiloPort;
        orleans.GatewayPort = role is SiloRole.Gpu ? 0 : ours.GatewayPort;
        if (ours.Address is { } address)
        {
            orleans.AdvertisedIPAddress = address;

            // In a container the address that others know may be none of this machine's.
            var listen = IPAddress.IsLoopback(address) ? address : IPAddress.Any;
            orleans.SiloListeningEndpoint = new(listen, orleans.SiloPort);
            orleans.GatewayListeningEndpoint = orleans.GatewayPort == 0 ? null : new(listen, orleans.GatewayPort);
        }
    }
}
