using Microsoft.Data.Sqlite;

namespace LipSync.Silo.Storage.Sqlite;

/// <summary>The embedded database: one file, write-ahead logging, brought to the newest schema before its first use.</summary>
public sealed class SqliteDatabase
{
    public SqliteDatabase(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = 30, // seconds a connection waits for the writer
        }.ToString();
        Migrate();
    }

    public string ConnectionString { get; }

    /// <summary>An open connection; a commit through it is on the disk when it returns.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();

        // First the wait: SQLite's own asks again within milliseconds, where the client would sleep 150 between two tries.
        command.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        command.ExecuteNonQuery();
        return connection;
    }

    private void Migrate()
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        Execute(connection, "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY)");
        foreach (var (name, sql) in Migrations.Of("sqlite"))
        {
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT OR IGNORE INTO schema_migrations (name) VALUES ($name)";
            insert.Parameters.AddWithValue("$name", name);
            if (insert.ExecuteNonQuery() == 1)
            {
                Execute(connection, sql);
            }
        }

        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text comes from this assembly's own resources
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
