using LipSync.Gateway.Cluster;
using LipSync.Gateway.Hosting;

namespace LipSync.Silo.Storage.Postgres;

/// <summary>Brings the database's schema up to date and ends: what <c>deploy/sql/migrate</c> runs.</summary>
public static class MigrateCommand
{
    public const string Verb = "migrate";

    /// <param name="settings">Settings as every program here takes them, such as <c>--LipSync:Database:MigrationConnectionString=…</c>.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> Run(string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(settings).Build();
        try
        {
            var applied = await PostgresSchema.Migrate(Owner(configuration), CancellationToken.None);
            Console.WriteLine(applied.Count == 0 ? "The schema is up to date." : $"Applied {string.Join(", ", applied)}.");
            return 0;
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static string Owner(IConfiguration configuration)
    {
        var options = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        return options.MigrationConnectionString is { Length: > 0 } owner
            ? owner
            : throw new ConfigurationException($"{DatabaseOptions.Section}:MigrationConnectionString is missing: the connection string of the tables' owner.");
    }
}
