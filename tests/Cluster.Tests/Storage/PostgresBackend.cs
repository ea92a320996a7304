using System.Data.Common;
using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Silo.Roles;
using LipSync.Silo.Storage.Postgres;
using LipSync.Statements;
using LipSync.Storage;
using LipSync.Tests.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Storage;

namespace LipSync.Tests.Storage;

/// <summary>A control silo's composition over a database of its own, as the application's role. The silo is not started.</summary>
public sealed class PostgresBackend : IStorageBackend, IAsyncLifetime
{
    public const string Name = "PostgreSQL";

    private PostgresServer? server;
    private WebApplication? app;

    public PostgresServer Server => server!;

    public IServiceProvider Services => app!.Services;

    public IGrainStorage Records => Services.GetRequiredKeyedService<IGrainStorage>(GrainStorage.Name);

    public IReminderTable Reminders => Services.GetRequiredService<IReminderTable>();

    public IJobProjection Jobs => Services.GetRequiredService<IJobProjection>();

    public ILedgerProjection Ledger => Services.GetRequiredService<ILedgerProjection>();

    public IAccountProjection Accounts => Services.GetRequiredService<IAccountProjection>();

    public DbConnection Open() => Services.GetRequiredService<NpgsqlDataSource>().OpenConnection();

    public async Task InitializeAsync()
    {
        server = await PostgresServer.Start();
        var database = await server.CreateDatabase();
        await PostgresSchema.Migrate(server.ConnectionString("lipsync_owner", database), CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["LipSync:Database:ConnectionString"] = server.ConnectionString("lipsync", database);
        builder.AddControlRole();
        app = builder.Build();
        await Reminders.StartAsync(CancellationToken.None);
        var lifecycle = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        ((ILifecycleParticipant<ISiloLifecycle>)Records).Participate(lifecycle);
        await lifecycle.OnStart();
    }

    public async Task DisposeAsync()
    {
        await app!.DisposeAsync();
        await server!.DisposeAsync();
    }
}

[CollectionDefinition(PostgresBackend.Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresBackend>;
