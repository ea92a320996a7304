using System.Diagnostics;
using System.Text;

namespace LipSync.Media.Ffmpeg;

/// <summary>
/// A running ffmpeg or ffprobe: the only place that starts one. It is killed at once, with all that it started, when its token
/// is cancelled, its time is over, it is disposed, or this process dies.
/// </summary>
public sealed class FfmpegProcess : IAsyncDisposable
{
    private const int KeptErrorBytes = 8192;

    private readonly Process process;
    private readonly string program;
    private readonly Task<string> errors;
    private readonly CancellationTokenSource? deadline;
    private readonly CancellationTokenRegistration onCancel;
    private readonly CancellationTokenRegistration onDeadline;
    private bool disposed;

    private FfmpegProcess(Process process, FfmpegCommand command, CancellationToken cancellationToken)
    {
        this.process = process;
        program = command.Program;
        errors = ReadErrors(process.StandardError.BaseStream);
        Output = PipeBuffer.Widen(process.StandardOutput.BaseStream);
        Input = PipeBuffer.Widen(process.StandardInput.BaseStream);
        onCancel = cancellationToken.Register(Kill);
        if (command.Confinement is { } confinement)
        {
            deadline = new CancellationTokenSource(confinement.Timeout);
            onDeadline = deadline.Token.Register(Kill);
        }
    }

    /// <summary>Whether confined processes run in namespaces of their own on this machine; if not, only their time and memory are limited.</summary>
    public static bool IsSandboxed => ProcessWrapper.Sandboxes;

    /// <exception cref="FileNotFoundException">ffmpeg or ffprobe is not installed.</exception>
    public static void RequireInstalled() => ProcessWrapper.Require("ffmpeg", "ffprobe");

    /// <summary>What the process reads from pipe:0. Closing it ends the input.</summary>
    public Stream Input { get; }

    /// <summary>What the process writes to pipe:1.</summary>
    public Stream Output { get; }

    /// <summary>Whether the process was killed because it took too long.</summary>
    public bool TimedOut => deadline?.IsCancellationRequested ?? false;

    public static FfmpegProcess Start(FfmpegCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var line = ProcessWrapper.Wrap(command);
        var child = ChildProcessLauncher.Start(new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        });
        return new FfmpegProcess(child, command, cancellationToken);
    }

    /// <summary>Runs a command that reads and writes files only.</summary>
    /// <exception cref="FfmpegException">It failed.</exception>
    public static async Task Run(FfmpegCommand command, CancellationToken cancellationToken)
    {
        await using var running = Start(command, cancellationToken);
        running.Input.Close();
        await running.Output.CopyToAsync(Stream.Null, CancellationToken.None);
        await running.EnsureSuccess(cancellationToken);
    }

    /// <summary>Waits for the end of the process, which the caller brings about by reading its output to the end.</summary>
    /// <exception cref="FfmpegException">It failed.</exception>
    public async Task EnsureSuccess(CancellationToken cancellationToken)
    {
        var exit = await WaitForExit(cancellationToken);
        if (exit.Code != 0)
        {
            throw new FfmpegException(program, exit.Code, exit.Errors);
        }
    }

    /// <summary>Waits for the end of the process and answers its exit code and the end of its error output.</summary>
    public async Task<(int Code, string Errors)> WaitForExit(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return (process.ExitCode, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
        {
            return;
        }

        await onCancel.DisposeAsync();
        await onDeadline.DisposeAsync();
        deadline?.Dispose();
        Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        await errors;

        // The process leaves streams open that were asked for.
        await Input.DisposeAsync();
        await Output.DisposeAsync();
        process.Dispose();
    }

    private void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    // Reads to the end, whatever the amount, so that the process never waits for us; keeps the last part.
    private static async Task<string> ReadErrors(Stream stream)
    {
        await using var owned = stream;
        var kept = new byte[KeptErrorBytes];
        var buffer = new byte[KeptErrorBytes];
        var length = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            var shift = Math.Max(0, length + read - kept.Length);
            kept.AsSpan(shift, length - shift).CopyTo(kept);
            buffer.AsSpan(0, read).CopyTo(kept.AsSpan(length - shift));
            length += read - shift;
        }

        return Encoding.UTF8.GetString(kept, 0, length).Trim();
    }
}
