using LipSync.Jobs;
using LipSync.Media;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LipSync.Tests.Media;

public sealed class MediaSweeperTests
{
    [Fact]
    public async Task Start_OldAndNewArtifacts_DeletesOnlyOldUploadsPreflightsAndSharedMedia()
    {
        var time = new FakeTimeProvider();
        var store = new MemoryMedia(time);
        store.Add("uploads/old", []);
        store.Add("media/video/old.mp4", []);
        store.Add("preflights/pre_1/report.json", []);
        store.Add("jobs/job_1/output.mp4", []);
        time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        store.Add("uploads/new", []);

        await Sweep(store, new MemoryProjections(), time);

        Assert.Equal("jobs/job_1/output.mp4 uploads/new", string.Join(" ", store.Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Start_AJobUnfinishedForDays_KeepsWhatItMayNeed()
    {
        var time = new FakeTimeProvider();
        var store = new MemoryMedia(time);
        store.Add("media/old.mp4", []);
        time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        store.Add("uploads/needed", []);
        store.Add("media/needed.mp4", []);
        var jobs = new MemoryProjections();
        var submitted = time.GetUtcNow();
        await jobs.Upsert(
            new(JobId.New(submitted), "account", InputType.Video, JobStatus.Processing, submitted, submitted, 1, null, null, null), CancellationToken.None);
        time.Advance(TimeSpan.FromDays(3));

        await Sweep(store, jobs, time);

        Assert.Equal("media/needed.mp4 uploads/needed", string.Join(" ", store.Keys.Order(StringComparer.Ordinal)));
    }

    private static async Task Sweep(MemoryMedia store, MemoryProjections jobs, FakeTimeProvider time)
    {
        using var sweeper = new MediaSweeper(store, jobs, Options.Create(new SweepOptions()), time, NullLogger<MediaSweeper>.Instance);
        var swept = new TaskCompletionSource();
        store.Swept = prefix =>
        {
            if (prefix == "preflights/")
            {
                swept.TrySetResult();
            }
        };

        await sweeper.StartAsync(CancellationToken.None);
        await swept.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await sweeper.StopAsync(CancellationToken.None);
    }
}
