using System.Diagnostics;
using System.Globalization;
using Dapper;
using LipSync.Tests.Processes;
using Npgsql;

namespace LipSync.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of one's own, in a temporary folder, on a free port of the loopback interface. Superuser <c>postgres</c>;
/// the service logs in as <c>lipsync</c>, the owner of its tables is <c>lipsync_owner</c>. Passwords are asked for.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Password = "test-only";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("lipsync-postgres-").FullName;
    private readonly int port = ProgramProcess.FreePort();
    private readonly bool durable;
    private Process? process;

    private PostgresServer(bool durable) => this.durable = durable;

    private string Data => Path.Combine(folder, "data");

    /// <param name="durable">Whether a commit waits for the disk. Only a machine that loses power could tell, and whoever measures.</param>
    public static async Task<PostgresServer> Start(bool durable = false)
    {
        var server = new PostgresServer(durable);
        var passwordFile = Path.Combine(server.folder, "password");
        await File.WriteAllTextAsync(passwordFile, Password);
        if (Environment.IsPrivilegedProcess)
        {
            Command.Run("chown", "-R", PostgresPrograms.User, server.folder);
        }

        var (program, arguments) = PostgresPrograms.AsServer(
            "initdb", "-D", server.Data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--no-sync");
        Command.Run(program, arguments);
        await server.Restart();
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.ExecuteAsync(
            $"CREATE ROLE lipsync_app NOLOGIN; CREATE ROLE lipsync LOGIN PASSWORD '{Password}' IN ROLE lipsync_app; CREATE ROLE lipsync_owner LOGIN PASSWORD '{Password}'");
        return server;
    }

    /// <summary>An empty database that <c>lipsync_owner</c> may fill.</summary>
    public async Task<string> CreateDatabase()
    {
        var name = $"lipsync_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.ExecuteAsync($"CREATE DATABASE {name} OWNER lipsync_owner");
        return name;
    }

    /// <param name="user">One of the three above.</param>
    public string ConnectionString(string user, string database = "postgres", string password = Password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = user,
        Password = password,
        Database = database,
    }.ToString();

    /// <summary>Starts the server, again on the same data and port after <see cref="Stop"/>.</summary>
    public async Task Restart()
    {
        var (program, arguments) = PostgresPrograms.AsServer(
            "postgres", "-D", Data, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-k", "",
            "-c", durable ? "fsync=on" : "fsync=off", "-c", "max_connections=200");
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, WorkingDirectory = folder };
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        await UntilItAnswers();
    }

    /// <summary>Ends the server at once, and with it every connection; what was committed stays.</summary>
    public async Task Stop()
    {
        await Signal("INT", process!.Id);
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>The server stands still, with every connection open, until <see cref="Thaw"/>.</summary>
    public async Task Freeze()
    {
        // First who could start more of them. Each backend leads a process group of its own.
        await Signal("STOP", process!.Id);
        await Signal("STOP", Children());
    }

    public async Task Thaw() => await Signal("CONT", [.. Children(), process!.Id]);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (process is { HasExited: false })
        {
            await Thaw();
            await Stop();
        }

        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task UntilItAnswers()
    {
        var started = Stopwatch.StartNew();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await poll.WaitForNextTickAsync())
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (started.Elapsed < Patience && !process!.HasExited)
            {
                // Not yet.
            }
        }
    }

    private int[] Children() =>
    [
        .. File.ReadAllText($"/proc/{process!.Id}/task/{process.Id}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
    ];

    private static async Task Signal(string name, params int[] ids)
    {
        if (ids.Length > 0)
        {
            using var kill = Process.Start("kill", [$"-{name}", .. ids.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
            await kill.WaitForExitAsync();
        }
    }
}
