using Dapper;
using LipSync.Gateway.Cluster;
using LipSync.Gateway.Hosting;
using LipSync.Silo;
using LipSync.Silo.Storage;
using LipSync.Silo.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LipSync.Tests.Storage;

/// <summary>Migrations, and what the application's role may do to the tables they make.</summary>
[Collection(PostgresBackend.Name)]
public sealed class PostgresSchemaTests(PostgresBackend backend)
{
    [Fact]
    public async Task Migrate_ByTenAtOnce_AppliesEachScriptOnce()
    {
        var database = await backend.Server.CreateDatabase();
        var owner = backend.Server.ConnectionString("lipsync_owner", database);

        var applied = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostgresSchema.Migrate(owner, CancellationToken.None)));

        Assert.Equal(Migrations.Of("postgres").Select(migration => migration.Name), applied.SelectMany(names => names));
        await using var app = NpgsqlDataSource.Create(backend.Server.ConnectionString("lipsync", database));
        await PostgresSchema.RequireCurrent(app, CancellationToken.None);
    }

    [Fact]
    public async Task Start_OfTenSilosThatMayMigrate_SucceedsForAll()
    {
        var database = await backend.Server.CreateDatabase();
        await using var app = NpgsqlDataSource.Create(backend.Server.ConnectionString("lipsync", database));
        var options = Options.Create(new DatabaseOptions { MigrationConnectionString = backend.Server.ConnectionString("lipsync_owner", database) });

        await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => new PostgresSchemaCheck(app, options, NullLogger<PostgresSchemaCheck>.Instance).StartAsync(CancellationToken.None)));

        await using var connection = await app.OpenConnectionAsync();
        Assert.Equal(Migrations.Of("postgres").Count, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM schema_migrations"));
    }

    [Fact]
    public async Task MigrateVerb_WithTheOwnersConnection_AppliesTheSchema()
    {
        var database = await backend.Server.CreateDatabase();

        var exitCode = await SiloProgram.Run(["migrate", $"--LipSync:Database:MigrationConnectionString={backend.Server.ConnectionString("lipsync_owner", database)}"]);

        Assert.Equal(0, exitCode);
        await using var app = NpgsqlDataSource.Create(backend.Server.ConnectionString("lipsync", database));
        await PostgresSchema.RequireCurrent(app, CancellationToken.None);
    }

    [Theory]
    [InlineData("lipsync")]
    [InlineData(null)]
    public async Task MigrateVerb_WithoutTheOwnersRights_Fails(string? user)
    {
        var database = await backend.Server.CreateDatabase();
        string[] settings = user is null ? [] : [$"--LipSync:Database:MigrationConnectionString={backend.Server.ConnectionString(user, database)}"];

        Assert.Equal(1, await SiloProgram.Run(["migrate", .. settings]));
    }

    [Fact]
    public async Task RequireCurrent_OfAnEmptyDatabase_SaysWhatToDo()
    {
        await using var app = NpgsqlDataSource.Create(backend.Server.ConnectionString("lipsync", await backend.Server.CreateDatabase()));

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => PostgresSchema.RequireCurrent(app, CancellationToken.None));

        Assert.Contains("001_application_role.sql", refused.Message, StringComparison.Ordinal);
        Assert.Contains("deploy/sql/migrate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequireCurrent_OfAnOlderSchema_NamesWhatIsMissing()
    {
        var database = await backend.Server.CreateDatabase();
        var owner = backend.Server.ConnectionString("lipsync_owner", database);
        await PostgresSchema.Migrate(owner, CancellationToken.None);
        await using var connection = new NpgsqlConnection(owner);
        await connection.ExecuteAsync("DELETE FROM schema_migrations WHERE name LIKE '005%'");
        await using var app = NpgsqlDataSource.Create(backend.Server.ConnectionString("lipsync", database));

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => PostgresSchema.RequireCurrent(app, CancellationToken.None));

        Assert.Contains("005_projections.sql", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE ledger_entries SET amount = 0")]
    [InlineData("DELETE FROM ledger_entries")]
    [InlineData("TRUNCATE ledger_entries")]
    [InlineData("INSERT INTO ledger_entries VALUES ('a', 1, 'o', 'k', 1, 1, 1, now()) ON CONFLICT (account_id, sequence) DO UPDATE SET amount = 0")]
    [InlineData("DROP TABLE ledger_entries")]
    [InlineData("ALTER TABLE grain_state ADD COLUMN more TEXT")]
    [InlineData("CREATE TABLE mine (id INT)")]
    [InlineData("CREATE INDEX mine ON jobs (status)")]
    [InlineData("CREATE FUNCTION mine() RETURNS INT LANGUAGE sql AS 'SELECT 1'")]
    [InlineData("CREATE ROLE mine")]
    [InlineData("DELETE FROM jobs")]
    [InlineData("UPDATE OrleansQuery SET QueryText = ''")]
    [InlineData("INSERT INTO schema_migrations (name) VALUES ('999')")]
    [InlineData("SET ROLE lipsync_owner")]
    public async Task ApplicationRole_AnythingBeyondItsWork_IsDenied(string statement)
    {
        await using var connection = backend.Open();

        var denied = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(statement));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, denied.SqlState);
    }
}
