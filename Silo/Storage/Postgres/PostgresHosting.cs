using LipSync.Accounts;
using LipSync.Gateway.Cluster;
using LipSync.Jobs;
using LipSync.Statements;
using LipSync.Storage;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace LipSync.Silo.Storage.Postgres;

public static class PostgresHosting
{
    /// <summary>Grain records and projections in the cluster's database, which refuses a silo whose schema it lacks.</summary>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services)
    {
        services.AddHostedService<PostgresSchemaCheck>();
        services.AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>();
        services.AddOptions<AdoNetGrainStorageOptions>(GrainStorage.Name).Configure<NpgsqlDataSource, IGrainStorageSerializer>((options, database, serializer) =>
        {
            (options.Invariant, options.DataSource) = (ClusterDatabase.Invariant, database);
            options.GrainStorageSerializer = serializer;
            options.DeleteStateOnClear = true;
        });
        services.AddGrainStorage(GrainStorage.Name, (provider, name) => new PostgresGrainStorage((AdoNetGrainStorage)AdoNetGrainStorageFactory.Create(provider, name)));
        services.AddSingleton<IJobProjection, PostgresJobProjection>();
        services.AddSingleton<ILedgerProjection, PostgresLedgerProjection>();
        services.AddSingleton<IAccountProjection, PostgresAccountProjection>();
        return services;
    }
}
