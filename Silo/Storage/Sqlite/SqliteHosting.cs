using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Statements;
using LipSync.Storage;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace LipSync.Silo.Storage.Sqlite;

public static class SqliteHosting
{
    /// <summary>Grain records and projections in one SQLite file.</summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, SqliteDatabase database)
    {
        services.AddSingleton(database);
        services.AddSingleton<SqliteWriter>();
        services.AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>();
        services.AddGrainStorage(GrainStorage.Name, (provider, _) => ActivatorUtilities.CreateInstance<SqliteGrainStorage>(provider));
        services.AddSingleton<IJobProjection, SqliteJobProjection>();
        services.AddSingleton<ILedgerProjection, SqliteLedgerProjection>();
        services.AddSingleton<IAccountProjection, SqliteAccountProjection>();
        return services;
    }
}
