using System.Collections.Concurrent;
using System.Diagnostics;

namespace LipSync.Benchmarks.Cluster;

/// <summary>
/// Sends requests at a fixed rate whether or not earlier ones were answered, as many independent clients do. Times count from the
/// moment at which a request was due: one that could not even be sent in time has waited too.
/// </summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    /// <param name="send">Sends the request of this number; answers whether it got the answer it should.</param>
    public static async Task<(Percentiles Times, int Failed, double Rate)> Run(int perSecond, TimeSpan duration, Func<int, Task<bool>> send)
    {
        var (times, failed) = (new ConcurrentBag<double>(), 0);
        List<Task> running = [];
        var total = (int)(perSecond * duration.TotalSeconds);
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Tick);
        for (var next = 0; next < total;)
        {
            await timer.WaitForNextTickAsync();
            for (var due = Math.Min(total, (int)(clock.Elapsed.TotalSeconds * perSecond) + 1); next < due; next++)
            {
                running.Add(One(next));
            }
        }

        await Task.WhenAll(running);
        return (new(times), failed, total / clock.Elapsed.TotalSeconds);

        async Task One(int number)
        {
            var due = (double)number / perSecond;
            if (!await Task.Run(() => send(number)))
            {
                Interlocked.Increment(ref failed);
            }

            times.Add((clock.Elapsed.TotalSeconds - due) * 1000);
        }
    }
}
