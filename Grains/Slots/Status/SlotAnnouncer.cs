using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace LipSync.Slots.Status;

/// <summary>
/// Tells the slot directory how a slot is, at every change and every few seconds. On a task of its own: a directory that doesn't
/// answer neither holds up the slot nor fails it.
/// </summary>
internal sealed class SlotAnnouncer : IAsyncDisposable
{
    /// <summary>A slot with very short items changes more often than anybody can look.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    private readonly SlotStatus status;
    private readonly Func<ISlotDirectoryGrain> directory;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource ending = new();
    private readonly ITimer timer;
    private readonly Task announcing;

    /// <param name="directory">Asked each time: a silo that has just joined may not know yet who hosts it, and then no reference can be had.</param>
    public SlotAnnouncer(SlotStatus status, Func<ISlotDirectoryGrain> directory, TimeSpan period, TimeProvider time, ILogger logger)
    {
        (this.status, this.directory, this.time, this.logger) = (status, directory, time, logger);
        status.Changed = Wake;
        timer = time.CreateTimer(_ => Wake(), state: null, TimeSpan.Zero, period);
        announcing = Task.Run(Announce);
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        await ending.CancelAsync();
        await announcing;
        ending.Dispose();
    }

    private void Wake() => news.Writer.TryWrite(true);

    private async Task Announce()
    {
        var heard = true;
        try
        {
            while (await news.Reader.ReadAsync(ending.Token))
            {
                try
                {
                    await directory().Announce(status.Report).WaitAsync(ending.Token);
                    heard = true;
                }
                catch (Exception exception) when (!ending.IsCancellationRequested)
                {
                    if (heard)
                    {
                        SlotLog.Unheard(logger, exception, status.Report.Slot);
                    }

                    heard = false;
                }

                await Task.Delay(Breath, time, ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }
}
