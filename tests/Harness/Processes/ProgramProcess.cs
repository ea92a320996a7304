using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LipSync.Tests.Processes;

/// <summary>One process of a service, which can be killed, frozen and started again.</summary>
/// <param name="command">An assembly to run, and its arguments.</param>
/// <param name="settings">Settings of all its lives by their names, such as <c>LipSync:Silo:Role</c>, or other environment variables.</param>
public sealed class ProgramProcess(string name, IReadOnlyList<string> command, Uri url, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    private readonly ConcurrentQueue<string> log = new();
    private readonly ConcurrentQueue<string> errors = new();
    private Process? process;

    public ProgramProcess(string program, IReadOnlyDictionary<string, string> settings)
        : this(Path.GetFileNameWithoutExtension(program), [program], FreeUrl(), settings)
    {
    }

    public string Name { get; } = name;

    public Uri Url { get; } = url;

    /// <summary>Where other silos connect; null: it is none.</summary>
    public int? SiloPort { get; } = settings.TryGetValue("LipSync:Cluster:SiloPort", out var port) ? int.Parse(port, CultureInfo.InvariantCulture) : null;

    /// <summary>What it wrote, over all its lives.</summary>
    public IReadOnlyCollection<string> Log => log;

    public bool HasExited => process is null or { HasExited: true };

    /// <summary>The real gateway or silo with what <see cref="Doubles"/> put into it.</summary>
    /// <param name="kind"><c>gateway</c>, <c>silo</c> or <c>bare</c>.</param>
    public static ProgramProcess WithDoubles(string name, string kind, IReadOnlyDictionary<string, string> settings) =>
        new(name, [typeof(ProgramProcess).Assembly.Location, kind], FreeUrl(), settings);

    /// <summary>An address of this machine that nobody uses.</summary>
    public static Uri FreeUrl() => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));

    /// <summary>A port that nobody uses, and that was not given to anybody before: most are used only a while later.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (Given.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    /// <summary>Completes when the program serves.</summary>
    /// <param name="more">Settings of this life only.</param>
    public async Task Start(params (string Name, string Value)[] more)
    {
        var ready = Launch(more);
        await ready.WaitAsync(Patience);
    }

    /// <summary>Starts the program; the task completes when it serves, and fails where it ends before.</summary>
    public Task Launch(params (string Name, string Value)[] more)
    {
        var start = new ProcessStartInfo("dotnet", command)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = Url.ToString() },
        };
        foreach (var (setting, value) in settings.Select(setting => (setting.Key, setting.Value)).Concat(more))
        {
            start.Environment[setting.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process?.Dispose();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"{Name} ended before it was ready:\n{string.Join('\n', log)}"));
                return;
            }

            log.Enqueue(line.Data);
            if (line.Data.StartsWith("LipSync ready at ", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                log.Enqueue(line.Data);
                errors.Enqueue(line.Data);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return ready.Task;
    }

    /// <summary>Runs a program that ends by itself; answers its exit code and what it wrote to the error stream.</summary>
    public async Task<(int ExitCode, string Errors)> RunToItsEnd()
    {
        _ = Launch();
        var code = await Exited();
        return (code, string.Join('\n', errors));
    }

    /// <summary>Ends the process as a power cut would: kill -9.</summary>
    public async Task Kill()
    {
        process!.Kill(entireProcessTree: false);
        await Exited();
    }

    /// <summary>Waits until it has ended, and answers its exit code.</summary>
    public async Task<int> Exited(TimeSpan? patience = null)
    {
        await process!.WaitForExitAsync().WaitAsync(patience ?? Patience);
        return process.ExitCode;
    }

    /// <summary>Asks the process to stop, as an operator would, and answers its exit code.</summary>
    public async Task<int> Terminate()
    {
        await Signal("TERM");
        return await Exited();
    }

    /// <summary>The process stands still, with its connections open, until <see cref="Thaw"/>.</summary>
    public async Task Freeze()
    {
        await Signal("STOP");
        var state = (await File.ReadAllTextAsync($"/proc/{process!.Id}/stat")).Split(')')[^1].Trim()[0];
        if (state is not 'T')
        {
            throw new InvalidOperationException($"{Name} goes on (state {state}).");
        }
    }

    public Task Thaw() => Signal("CONT");

    public async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await Kill(); // also where it stands still
        }

        process?.Dispose();
    }
}
