using LipSync.Media;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LipSync.Tests.Media;

public sealed class MediaSweeperTests
{
    [Fact]
    public async Task Start_OldAndNewArtifacts_DeletesOnlyOldUploadsAndSharedMedia()
    {
        var time = new FakeTimeProvider();
        var store = new MemoryMedia(time);
        store.Add("uploads/old", []);
        store.Add("media/video/old.mp4", []);
        store.Add("jobs/job_1/output.mp4", []);
        time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        store.Add("uploads/new", []);
        using var sweeper = new MediaSweeper(store, Options.Create(new SweepOptions()), time, NullLogger<MediaSweeper>.Instance);

        var swept = new TaskCompletionSource();
        store.Swept = prefix =>
        {
            if (prefix == "media/")
            {
                swept.TrySetResult();
            }
        };

        await sweeper.StartAsync(CancellationToken.None);
        await swept.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await sweeper.StopAsync(CancellationToken.None);
        Assert.Equal("jobs/job_1/output.mp4 uploads/new", string.Join(" ", store.Keys.Order(StringComparer.Ordinal)));
    }
}
