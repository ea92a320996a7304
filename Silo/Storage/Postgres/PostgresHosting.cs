using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Storage;
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
        services.AddGrainStorage(GrainStorage.Name, (provider, _) => ActivatorUtilities.CreateInstance<PostgresGrainStorage>(provider));
        services.AddSingleton<IJobProjection, PostgresJobProjection>();
        services.AddSingleton<ILedgerProjection, PostgresLedgerProjection>();
        return services;
    }
}
