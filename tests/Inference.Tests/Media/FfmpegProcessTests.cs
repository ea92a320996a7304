using System.Diagnostics;
using System.Globalization;
using LipSync.Media.Ffmpeg;

namespace LipSync.Media;

public sealed class FfmpegProcessTests : IDisposable
{
    // Endless, and deaf to everything but the strongest signal while it runs.
    private static readonly string[] Endless = ["-re", "-f", "lavfi", "-i", "testsrc=size=64x64", "-f", "null", "-"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_Running_KillsIt(bool confined)
    {
        var process = FfmpegProcess.Start(Marked(Endless, confined, out var mark), CancellationToken.None);
        await WaitUntilRuns(mark);
        await process.DisposeAsync();
        Assert.Empty(Running(mark));
    }

    [Fact]
    public async Task Dispose_WithUnreadInput_LeavesNoPipeOpen()
    {
        var process = FfmpegProcess.Start(Marked(Endless, confined: false, out var mark), CancellationToken.None);
        await WaitUntilRuns(mark);
        await process.Input.WriteAsync(new byte[1]);
        var child = Running(mark).Single();
        string[] pipes = [.. Enumerable.Range(0, 3).Select(number => Target(Path.Combine(child, "fd", $"{number}")))];
        Assert.Subset(OpenFiles(), pipes.ToHashSet());

        await process.DisposeAsync();

        Assert.Empty(pipes.Intersect(OpenFiles()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_Running_KillsIt(bool confined)
    {
        using var cancellation = new CancellationTokenSource();
        await using var process = FfmpegProcess.Start(Marked(Endless, confined, out var mark), cancellation.Token);
        await WaitUntilRuns(mark);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.EnsureSuccess(cancellation.Token));
        await process.WaitForExit(CancellationToken.None).WaitAsync(Patience);
        Assert.Empty(Running(mark));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task EnsureSuccess_KilledFromOutside_SaysSo(string signal)
    {
        await using var process = FfmpegProcess.Start(Marked(Endless, confined: false, out var mark), CancellationToken.None);
        await WaitUntilRuns(mark);
        using var kill = Process.Start("pkill", [$"-{signal}", "-f", mark]);
        await kill.WaitForExitAsync();

        var failure = await Assert.ThrowsAsync<FfmpegException>(() => process.EnsureSuccess(CancellationToken.None));

        Assert.True(failure.WasKilled, failure.Message);
    }

    [Fact]
    public async Task Start_TooSlow_IsKilledInTime()
    {
        var input = folder.File("input");
        await File.WriteAllTextAsync(input, "");
        var command = FfmpegCommand.Ffmpeg(Endless, new Confinement(input, null, TimeSpan.FromMilliseconds(300)));
        await using var process = FfmpegProcess.Start(command, CancellationToken.None);
        var (code, _) = await process.WaitForExit(CancellationToken.None);
        Assert.True(process.TimedOut);
        Assert.NotEqual(0, code);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(20)]
    public void Wrap_Confined_LetsTheWallClockWin(double seconds)
    {
        var line = ProcessWrapper.Wrap(FfmpegCommand.Ffmpeg([], new Confinement(folder.File("input"), null, TimeSpan.FromSeconds(seconds))));

        Assert.All(
            line.Where(argument => argument.StartsWith("--cpu=", StringComparison.Ordinal)),
            limit => Assert.True(int.Parse(limit["--cpu=".Length..], CultureInfo.InvariantCulture) > seconds * Environment.ProcessorCount, limit));
    }

    [Fact]
    public async Task Start_FromAThreadThatEnds_LivesOn()
    {
        FfmpegProcess? process = null;
        var echo = Marked(["-f", "s16le", "-i", "pipe:0", "-f", "s16le", "pipe:1"], confined: false, out var mark);
        var (started, inKernel) = (false, "");
        var thread = new Thread(() =>
        {
            inKernel = Path.Combine("/proc", new FileInfo("/proc/thread-self").LinkTarget!);
            process = FfmpegProcess.Start(echo, CancellationToken.None);
            started = SpinWait.SpinUntil(() => Runs(mark), Patience);
        });
        thread.Start();
        thread.Join();
        await using (process)
        {
            Assert.True(started, "It never started.");
            Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(inKernel), Patience), "The thread never ended.");
            var sent = new byte[] { 1, 2, 3, 4 };
            await process!.Input.WriteAsync(sent);
            process.Input.Close();
            var received = new byte[16];
            Assert.Equal(4, await process.Output.ReadAtLeastAsync(received, received.Length, throwOnEndOfStream: false));
            Assert.Equal(sent, received[..4]);
            await process.EnsureSuccess(CancellationToken.None);
        }
    }

    [Fact]
    public async Task WaitForExit_MuchErrorOutput_KeepsTheEndOnly()
    {
        await using var process = FfmpegProcess.Start(
            FfmpegCommand.Ffmpeg(["-loglevel", "info", "-f", "lavfi", "-i", "testsrc=size=64x64:d=20,showinfo", "-f", "null", "-"]), CancellationToken.None);
        process.Input.Close();
        var (code, errors) = await process.WaitForExit(CancellationToken.None);
        Assert.Equal(0, code);
        Assert.InRange(errors.Length, 8000, 8192);
        Assert.Contains("n: 499 ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("n: 100 ", errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Start_Confined_SeesNoOtherFile()
    {
        Skip.IfNot(FfmpegProcess.IsSandboxed, "bubblewrap is not installed, or may not make namespaces here.");
        var (input, secret) = (folder.File("input.wav"), folder.File("secret.wav"));
        await TestVideo.Make("-f lavfi -i sine=d=0.1 {0}", input);
        File.Copy(input, secret);

        await Read(input);
        Assert.Contains("No such file", (await Assert.ThrowsAsync<FfmpegException>(() => Read(secret))).Errors, StringComparison.Ordinal);

        Task Read(string path) => FfmpegProcess.Run(
            FfmpegCommand.Ffmpeg(["-i", path, "-f", "null", "-"], new Confinement(input, null, TimeSpan.FromSeconds(20))), CancellationToken.None);
    }

    private FfmpegCommand Marked(string[] arguments, bool confined, out string mark)
    {
        mark = $"mark-{Guid.NewGuid():n}";
        var input = folder.File("input");
        File.WriteAllText(input, "");
        return FfmpegCommand.Ffmpeg([.. arguments[..^1], "-metadata", $"title={mark}", arguments[^1]], confined ? new Confinement(input, null, TimeSpan.FromSeconds(60)) : null);
    }

    /// <summary>Until ffmpeg itself runs under the mark and has taken over its signals: one sent earlier would be lost where they are ignored.</summary>
    private static async Task WaitUntilRuns(string mark)
    {
        var waiting = Stopwatch.StartNew();
        while (!Runs(mark))
        {
            Assert.True(waiting.Elapsed < Patience, "It never started.");
            await Task.Yield();
        }
    }

    private static bool Runs(string mark) =>
        Running(mark).Any(process => Read(process, "comm").StartsWith("ffmpeg", StringComparison.Ordinal) && CatchesSignals(process));

    private static bool CatchesSignals(string process)
    {
        const ulong InterruptAndTerminate = (1UL << 1) | (1UL << 14);
        var caught = Read(process, "status").Split('\n').FirstOrDefault(line => line.StartsWith("SigCgt:", StringComparison.Ordinal));
        return caught is not null
            && (ulong.Parse(caught.AsSpan("SigCgt:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & InterruptAndTerminate) == InterruptAndTerminate;
    }

    private static List<string> Running(string mark) =>
        [.. Directory.EnumerateDirectories("/proc").Where(process => Read(process, "cmdline").Contains(mark, StringComparison.Ordinal))];

    /// <summary>What this process holds open, by the kernel's names.</summary>
    private static HashSet<string> OpenFiles() => [.. Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(Target)];

    private static string Target(string link) => new FileInfo(link).LinkTarget ?? "";

    private static string Read(string process, string file)
    {
        try
        {
            var path = Path.Combine(process, file);
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (IOException)
        {
            // It ended while we looked.
            return "";
        }
    }
}
