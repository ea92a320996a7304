namespace LipSync.Tests.Postgres;

/// <summary>The server's programs as this system has them.</summary>
internal static class PostgresPrograms
{
    /// <summary>Whom the server runs as where we are root, which it refuses.</summary>
    public const string User = "postgres";

    private static readonly string Folder = Find();

    /// <summary>A command line for one of the server's programs.</summary>
    public static (string Program, string[] Arguments) AsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(Folder, program);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", [$"--reuid={User}", $"--regid={User}", "--init-groups", path, .. arguments])
            : (path, arguments);
    }

    // Debian keeps them out of the PATH, a folder for each version.
    private static string Find()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin")) : [];
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [];
        return versions.OrderDescending(StringComparer.Ordinal).Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL is missing: deploy/setup.sh --tests installs it.");
    }
}
