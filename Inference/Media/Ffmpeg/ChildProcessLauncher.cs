using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace LipSync.Media.Ffmpeg;

/// <summary>
/// Starts every child process from one thread that never ends. Linux sends the parent-death signal, which keeps children from
/// outliving a killed service, when the <em>thread</em> that started the child ends; a thread-pool thread would take a healthy
/// encoder with it.
/// </summary>
internal static class ChildProcessLauncher
{
    private static readonly BlockingCollection<Launch> Launches = StartThread();

    public static Process Start(ProcessStartInfo startInfo)
    {
        using var launch = new Launch(startInfo);
        Launches.Add(launch);
        return launch.WaitForProcess();
    }

    private static BlockingCollection<Launch> StartThread()
    {
        var launches = new BlockingCollection<Launch>();
        var thread = new Thread(() =>
        {
            foreach (var launch in launches.GetConsumingEnumerable())
            {
                launch.Perform();
            }
        })
        {
            IsBackground = true,
            Name = "child process launcher",
        };
        thread.Start();
        return launches;
    }

    private sealed class Launch(ProcessStartInfo startInfo) : IDisposable
    {
        private readonly ManualResetEventSlim performed = new();
        private Process? process;
        private ExceptionDispatchInfo? failure;

        public void Perform()
        {
            try
            {
                process = Process.Start(startInfo);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            performed.Set();
        }

        public Process WaitForProcess()
        {
            performed.Wait();
            failure?.Throw();
            return process ?? throw new InvalidOperationException($"{startInfo.FileName} could not be started.");
        }

        public void Dispose() => performed.Dispose();
    }
}
