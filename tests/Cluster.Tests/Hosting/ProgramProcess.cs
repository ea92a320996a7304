using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LipSync.Tests.Hosting;

/// <summary>One of the service's programs as users run it: a process of its own that listens on a free port of the loopback interface.</summary>
/// <param name="program">The program's assembly.</param>
/// <param name="settings">Settings by their names, such as <c>LipSync:Silo:Role</c>.</param>
public sealed class ProgramProcess(string program, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private Process? process;

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePort()}");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the program, also again after its end, and waits until it says that it is ready.</summary>
    public Task Start() => Launch().WaitAsync(Patience);

    /// <summary>Runs a program that ends by itself; answers its exit code and what it wrote to the error stream.</summary>
    public async Task<(int ExitCode, string Errors)> RunToItsEnd()
    {
        _ = Launch();
        var code = await Ended();
        return (code, errors.ToString());
    }

    /// <summary>Ends the process as a power cut would: kill -9.</summary>
    public Task<int> Kill() => Signal("KILL", andWait: true);

    /// <summary>Asks the process to stop, as an operator would, and answers its exit code.</summary>
    public Task<int> Terminate() => Signal("TERM", andWait: true);

    /// <summary>Asks the process to stop and does not wait for it.</summary>
    public Task BeginTermination() => Signal("TERM", andWait: false);

    /// <summary>The process stands still, with every connection open, until <see cref="Thaw"/>.</summary>
    public Task Freeze() => Signal("STOP", andWait: false);

    public Task Thaw() => Signal("CONT", andWait: false);

    /// <summary>Waits for the process and answers its exit code.</summary>
    public async Task<int> Ended()
    {
        await process!.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await Kill();
        }

        process?.Dispose();
    }

    /// <summary>Completes with the line that says the program is ready; fails where the program ends before it.</summary>
    private Task Launch()
    {
        var start = new ProcessStartInfo("dotnet", [program])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = Url.ToString() },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        process?.Dispose();
        output.Clear();
        errors.Clear();
        process = Process.Start(start)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }

            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"The program ended before it was ready:\n{output}\n{errors}"));
            }
            else if (line.Data.StartsWith("LipSync ready at ", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                errors.AppendLine(line.Data);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return ready.Task;
    }

    private async Task<int> Signal(string name, bool andWait)
    {
        using var kill = Process.Start("kill", [$"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return andWait ? await Ended() : 0;
    }
}
