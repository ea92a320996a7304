using LipSync.Gateway.Errors;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace LipSync.Gateway.Cluster;

public static class ClusterDatabase
{
    /// <summary>What Orleans calls the provider.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>Adds the one pool of connections of this process, and the names of its cluster.</summary>
    /// <param name="connections">The most that are open at a time, unless the connection string says how many.</param>
    public static IServiceCollection AddClusterDatabase(this IServiceCollection services, int connections)
    {
        services.AddOptions<DatabaseOptions>()
            .BindConfiguration(DatabaseOptions.Section)
            .Validate(
                static options => options.IsValid(),
                $"{DatabaseOptions.Section}:ConnectionString, or MigrationConnectionString beside it, is no connection string of PostgreSQL, such as 'Host=db;Database=lipsync;Username=lipsync;Password=…'.")
            .ValidateOnStart();
        services.AddOptions<ClusterSettings>().BindConfiguration(ClusterSettings.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClusterSettings>, ClusterSettingsValidator>());
        services.AddOptions<ClusterOptions>().Configure<IOptions<ClusterSettings>>(
            (orleans, ours) => (orleans.ClusterId, orleans.ServiceId) = (ours.Value.ClusterId, ours.Value.ServiceId));
        services.AddMachineExceptions();
        services.AddSingleton(provider => NpgsqlDataSource.Create(
            Tuned(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString, connections)));
        return services;
    }

    /// <summary>Our choices where the operator made none.</summary>
    private static NpgsqlConnectionStringBuilder Tuned(string connectionString, int connections)
    {
        var chosen = new NpgsqlConnectionStringBuilder(connectionString);
        Default("Maximum Pool Size", connections);
        Default("Max Auto Prepare", 40);
        Default("Auto Prepare Min Usages", 2);
        Default("No Reset On Close", true); // we set nothing in a session that another would have to mind
        Default("Timeout", 5);              // seconds to connect
        Default("Command Timeout", 10);     // seconds: a database that stands still fails a request, rather than keep it
        Default("Application Name", "lipsync");
        return chosen;

        void Default(string keyword, object value)
        {
            // ContainsKey would tell whether there is such a keyword at all.
            if (!chosen.ShouldSerialize(keyword))
            {
                chosen[keyword] = value;
            }
        }
    }
}
