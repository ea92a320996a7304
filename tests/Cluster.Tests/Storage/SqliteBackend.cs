using System.Data.Common;
using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Silo.Cluster;
using LipSync.Silo.Storage.Sqlite;
using LipSync.Statements;
using LipSync.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace LipSync.Tests.Storage;

/// <summary>The embedded service's composition over a file of its own. Its silo is not started.</summary>
public sealed class SqliteBackend : IStorageBackend, IAsyncLifetime
{
    public const string Name = "SQLite";

    private readonly string folder = Directory.CreateTempSubdirectory("lipsync-storage-").FullName;
    private readonly IHost host;

    public SqliteBackend()
    {
        Database = new SqliteDatabase(Path.Combine(folder, "test.db"));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo => silo.UseEmbeddedCluster(Database));
        host = builder.Build();
    }

    public SqliteDatabase Database { get; }

    public SqliteWriter Writer => host.Services.GetRequiredService<SqliteWriter>();

    public IGrainStorage Records => host.Services.GetRequiredKeyedService<IGrainStorage>(GrainStorage.Name);

    public IReminderTable Reminders => host.Services.GetRequiredService<IReminderTable>();

    public IJobProjection Jobs => host.Services.GetRequiredService<IJobProjection>();

    public ILedgerProjection Ledger => host.Services.GetRequiredService<ILedgerProjection>();

    public IAccountProjection Accounts => host.Services.GetRequiredService<IAccountProjection>();

    public DbConnection Open() => Database.Open();

    public Task InitializeAsync() => Reminders.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await ((IAsyncDisposable)host).DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}

[CollectionDefinition(SqliteBackend.Name)]
public sealed class SqliteCollection : ICollectionFixture<SqliteBackend>;
