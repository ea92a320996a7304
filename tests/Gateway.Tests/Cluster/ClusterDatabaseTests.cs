using LipSync.Gateway.Cluster;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace LipSync.Tests.Cluster;

public sealed class ClusterDatabaseTests
{
    [Fact]
    public async Task DataSource_WhereNothingElseIsSaid_PreparesAndLimits()
    {
        await using var services = Services("Host=db;Username=lipsync");

        var chosen = Chosen(services);

        Assert.Equal(("db", "lipsync", 7), (chosen.Host, chosen.Username, chosen.MaxPoolSize));
        Assert.Equal((40, true, 10), (chosen.MaxAutoPrepare, chosen.NoResetOnClose, chosen.CommandTimeout));
    }

    [Fact]
    public async Task DataSource_WhereTheOperatorChose_DoesAsHeSays()
    {
        await using var services = Services("Host=db;MaxPoolSize=3;Command Timeout=60;Max Auto Prepare=0");

        var chosen = Chosen(services);

        Assert.Equal((3, 60, 0), (chosen.MaxPoolSize, chosen.CommandTimeout, chosen.MaxAutoPrepare));
    }

    [Fact]
    public async Task Cluster_OfItsSettings_IsOrleansOwn()
    {
        await using var services = Services("Host=db", ("LipSync:Cluster:ClusterId", "blue"), ("LipSync:Cluster:ServiceId", "shop"));

        var cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value;

        Assert.Equal(("blue", "shop"), (cluster.ClusterId, cluster.ServiceId));
    }

    private static ServiceProvider Services(string connectionString, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(("LipSync:Database:ConnectionString", connectionString)).ToDictionary(one => one.Item1, one => (string?)one.Item2, StringComparer.Ordinal))
            .Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddClusterDatabase(connections: 7).BuildServiceProvider();
    }

    private static NpgsqlConnectionStringBuilder Chosen(ServiceProvider services) =>
        new(services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
}
