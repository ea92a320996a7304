using Dapper;
using LipSync.Gateway.Hosting;
using Npgsql;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>The tables of the cluster's database: the scripts in <c>deploy/sql/postgres</c>, each applied once.</summary>
public static class PostgresSchema
{
    // Any number that nobody else locks in this database.
    private const long MigrationLock = 0x4C69_7053_796E_63; // "LipSync"

    /// <summary>
    /// Applies what is missing, all of it or nothing. Who comes while another migrates waits, and then finds nothing left to do.
    /// </summary>
    /// <param name="connectionString">Of the tables' owner.</param>
    /// <returns>Names of the scripts that were applied now.</returns>
    public static async Task<IReadOnlyList<string>> Migrate(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute($"SELECT pg_advisory_xact_lock({MigrationLock})");
        await Execute("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())");
        var applied = await Applied(connection, cancellationToken);
        var missing = Migrations.Of("postgres").Where(migration => !applied.Contains(migration.Name)).ToList();
        foreach (var migration in missing)
        {
            await Execute(migration.Sql);
            await connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO schema_migrations (name) VALUES (@Name)", new { migration.Name }, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return [.. missing.Select(migration => migration.Name)];

        Task<int> Execute(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, commandTimeout: 0, cancellationToken: cancellationToken));
    }

    /// <exception cref="ConfigurationException">The database lacks a script of this version. One that has more is a newer version's, and is used.</exception>
    public static async Task RequireCurrent(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var exists = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("SELECT to_regclass('schema_migrations') IS NOT NULL", cancellationToken: cancellationToken));
        var applied = exists ? await Applied(connection, cancellationToken) : [];
        if (Migrations.Of("postgres").FirstOrDefault(migration => !applied.Contains(migration.Name)) is { } missing)
        {
            throw new ConfigurationException(
                $"The schema of database '{connection.Database}' lacks {missing.Name}: apply it with deploy/sql/migrate, or set LipSync:Database:MigrationConnectionString.");
        }
    }

    private static async Task<HashSet<string>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<string>(new CommandDefinition("SELECT name FROM schema_migrations", cancellationToken: cancellationToken))];
}
