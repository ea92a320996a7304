using LipSync.Gateway.Cluster;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>Before anything else starts: the schema is migrated where this process may, and is of this version.</summary>
public sealed partial class PostgresSchemaCheck(
    NpgsqlDataSource database, IOptions<DatabaseOptions> options, ILogger<PostgresSchemaCheck> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MigrationConnectionString is { Length: > 0 } owner)
        {
            foreach (var name in await PostgresSchema.Migrate(owner, cancellationToken))
            {
                LogApplied(name);
            }
        }

        await PostgresSchema.RequireCurrent(database, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Applied {Name} to the database's schema.")]
    private partial void LogApplied(string name);
}
