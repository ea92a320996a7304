using System.Diagnostics;
using System.Globalization;

namespace LipSync.Media.Ffmpeg;

/// <summary>Puts the system's own tools in front of a command: setsid, setpriv, prlimit and bubblewrap, each where it exists and works.</summary>
internal static class ProcessWrapper
{
    private static readonly string[] SystemFolders = ["/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives"];

    // A session of its own: Ctrl-C at the service's terminal is for the service, which hands its work back.
    private static readonly Lazy<string?> SetSid = new(() => Find("setsid"));
    private static readonly Lazy<string?> SetPriv = new(() => Find("setpriv"));
    private static readonly Lazy<string?> PrLimit = new(() => Find("prlimit"));
    private static readonly Lazy<string?> Bubblewrap = new(() => Find("bwrap") is { } path && CanUnshare(path) ? path : null);

    /// <summary>Whether confined processes run in their own namespaces on this machine.</summary>
    public static bool Sandboxes => Bubblewrap.Value is not null;

    public static IReadOnlyList<string> Wrap(FfmpegCommand command)
    {
        var program = Require(command.Program);
        List<string> line = SetSid.Value is { } setSid ? [setSid, "--"] : [];
        if (SetPriv.Value is { } setPriv)
        {
            line.AddRange([setPriv, "--pdeathsig", "KILL", "--"]);
        }

        if (command.Confinement is { } confinement)
        {
            line.AddRange(Bubblewrap.Value is { } bubblewrap ? Sandbox(bubblewrap, program, confinement) : []);
            line.AddRange(PrLimit.Value is { } prLimit ? Limits(prLimit, confinement) : []);
        }

        return [.. line, program, .. command.Arguments];
    }

    public static void Require(params IEnumerable<string> programs)
    {
        foreach (var program in programs)
        {
            Require(program);
        }
    }

    private static string Require(string program) => Find(program)
        ?? throw new FileNotFoundException($"{program} is not installed: it was not found on the PATH.", program);

    private static IEnumerable<string> Limits(string prLimit, Confinement confinement) =>
    [
        prLimit, "--core=0",
        string.Create(CultureInfo.InvariantCulture, $"--as={Confinement.MaxAddressSpace}"),
        string.Create(CultureInfo.InvariantCulture, $"--cpu={ProcessorSeconds(confinement.Timeout)}"),
        "--",
    ];

    // More than all processors can spend in that time. The wall clock must win: what it ends is known to have taken too long, what
    // the kernel kills looks like a machine in trouble.
    private static double ProcessorSeconds(TimeSpan timeout) => Math.Max(2, Math.Ceiling(timeout.TotalSeconds * (Environment.ProcessorCount + 1)));

    private static List<string> Sandbox(string bubblewrap, string program, Confinement confinement)
    {
        List<string> line = [bubblewrap, "--die-with-parent", "--unshare-all", "--new-session", "--cap-drop", "ALL", "--clearenv"];
        foreach (var folder in SystemFolders.Append(Path.GetDirectoryName(program)!))
        {
            line.AddRange(["--ro-bind-try", folder, folder]);
        }

        line.AddRange(["--proc", "/proc", "--dev", "/dev"]);
        if (confinement.OutputFolder is { } folderToWrite)
        {
            line.AddRange(["--bind", folderToWrite, folderToWrite]);
        }

        // After the output folder: the input stays read-only also where it lies in that folder.
        line.AddRange(["--ro-bind", confinement.Input, confinement.Input, "--chdir", "/", "--"]);
        return line;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    // Containers often carry bubblewrap without the right to make namespaces.
    private static bool CanUnshare(string bubblewrap)
    {
        using var trial = ChildProcessLauncher.Start(new ProcessStartInfo(
            bubblewrap, ["--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        });
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }
}
