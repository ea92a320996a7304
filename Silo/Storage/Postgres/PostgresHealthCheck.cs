using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>The database answers, within the time that the check is given.</summary>
public sealed class PostgresHealthCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
