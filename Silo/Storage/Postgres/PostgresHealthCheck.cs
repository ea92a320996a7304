using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>The database answers, within the time that the check is given.</summary>
public sealed class PostgresHealthCheck(NpgsqlDataSource database) : IHealthCheck
{
    private const int Patience = 2; // seconds

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Not by the token alone: of a database that stands still, cancelling asks for an answer too.
        await Ask().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }

    private async Task Ask()
    {
        await using var command = database.CreateCommand("SELECT 1");
        command.CommandTimeout = Patience;
        await command.ExecuteScalarAsync();
    }
}
