using Npgsql;

namespace LipSync.Gateway.Cluster;

/// <summary>Section <c>LipSync:Database</c>: the cluster's PostgreSQL, the same for every process.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "LipSync:Database";

    /// <summary>An Npgsql connection string of a login role that was granted <c>lipsync_app</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The same for the tables' owner: silos then bring the schema up to date when they start. Empty: <c>deploy/sql/migrate</c> does.</summary>
    public string MigrationConnectionString { get; set; } = "";

    internal bool IsValid() =>
        IsConnectionString(ConnectionString) && (MigrationConnectionString.Length == 0 || IsConnectionString(MigrationConnectionString));

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
