using LipSync.Accounts;
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

    [Theory]
    [InlineData(365, "jobs/job_1/7/output.mp4")]
    [InlineData(366, "")]
    public async Task Start_ArtifactsOfJobsThatNobodyRefersTo_AreDeletedWhenNoPlanCanHavePromisedThem(int days, string left)
    {
        var time = new FakeTimeProvider();
        var store = new MemoryMedia(time);
        store.Add("jobs/job_1/7/output.mp4", []);
        time.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));

        await Sweep(store, new MemoryProjections(), time);

        Assert.Equal(left, string.Join(' ', store.Keys));
    }

    [Fact]
    public async Task Start_MoreExpiredOutputsThanAPage_TellsEveryJobOnceAlsoWhereOneFails()
    {
        var time = new FakeTimeProvider();
        var jobs = new MemoryProjections();
        for (var number = 0; number < 205; number++)
        {
            var at = time.GetUtcNow() - TimeSpan.FromSeconds(number % 3);
            await jobs.Upsert(
                new($"job_{number:000}", "account", InputType.Video, JobStatus.Completed, at, at, 1, 1, null, "output", ExpiresAt: at), CancellationToken.None);
        }

        var later = time.GetUtcNow() + TimeSpan.FromSeconds(1);
        await jobs.Upsert(new("job_later", "account", InputType.Video, JobStatus.Completed, later, later, 1, 1, null, "output", ExpiresAt: later), CancellationToken.None);
        await using var silo = await TestSilo.Start();
        silo.Failures.Fail("IJobGrain.Expire", 1);

        await Sweep(new MemoryMedia(time), jobs, time, silo.Grains);

        Assert.Equal((1, 205), (silo.Failures.Fired, silo.State.Reads["job"]));
    }

    private static async Task Sweep(MemoryMedia store, MemoryProjections jobs, FakeTimeProvider time, IGrainFactory? grains = null)
    {
        using var plans = new OptionsMonitor<PlanOptions>(new OptionsFactory<PlanOptions>([], []), [], new OptionsCache<PlanOptions>());
        using var sweeper = new MediaSweeper(store, jobs, grains!, Options.Create(new SweepOptions()), plans, time, NullLogger<MediaSweeper>.Instance);
        var swept = new TaskCompletionSource();
        store.Swept = prefix =>
        {
            if (prefix == "preflights/")
            {
                swept.TrySetResult();
            }
        };

        await sweeper.StartAsync(CancellationToken.None);
        await swept.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await sweeper.StopAsync(CancellationToken.None);
    }
}
