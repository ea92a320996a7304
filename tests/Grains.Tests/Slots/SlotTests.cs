using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Slots;

public sealed class SlotTests
{
    [Fact]
    public async Task Render_MachineFailsTwice_IsTriedAgainAndTheJobCompletes()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        var failures = 2;
        silo.Engine.BeforeRender = (first, _) => first == 0 && Interlocked.Decrement(ref failures) >= 0
            ? throw new IOException("The test's graphics card fell off the bus.")
            : Task.CompletedTask;
        var jobId = await silo.Submit();
        await silo.AdvanceUntil(() => silo.Projections.Row(jobId)?.Status is JobStatus.Completed); // a slot pauses after a failure
        Assert.True(failures < 0);
        Assert.Equal(1, silo.Engine.Calls["Render 0"]);
        Assert.All(silo.Engine.Calls.Values, calls => Assert.Equal(1, calls));
    }

    [Fact]
    public async Task Render_MachineAlwaysFails_FailsTheJobAndFreesItsCredits()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        silo.Engine.BeforeRender = (_, _) => throw new IOException("The test's graphics card fell off the bus.");
        var jobId = await silo.Submit();
        await silo.AdvanceUntil(() => silo.Projections.Row(jobId)?.Status is JobStatus.Failed);
        Assert.Equal("processing_failed", (await silo.Job(jobId).Describe(Samples.Account))!.Error!.Code);
        Assert.Equal(0, (await silo.Account.Describe())!.Held);
    }

    [Fact]
    public async Task Ingest_NoMedia_FailsTheJobWithTheEnginesCode()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        silo.Media.Add("uploads/video", "a text file"u8.ToArray());
        var jobId = await silo.Submit();
        await silo.Projections.WhenStatus(jobId, JobStatus.Failed);
        Assert.Equal("invalid_media", silo.Projections.Row(jobId)!.ErrorCode);
    }

    [Fact]
    public async Task Ingest_NoFaceAnywhere_FailsWithNoFaceFound()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        silo.Engine.Tracks = 0;
        var jobId = await silo.Submit();
        await silo.Projections.WhenStatus(jobId, JobStatus.Failed);
        Assert.Equal("no_face_found", silo.Projections.Row(jobId)!.ErrorCode);
    }

    [Fact]
    public async Task Heartbeat_LeaseLost_StopsTheWorkAndAnotherAttemptFinishes()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        var (began, stopped) = silo.Engine.RenderUntilStopped();
        var jobId = await silo.Submit();
        await began.WaitAsync(TimeSpan.FromSeconds(30));

        await silo.Queue(Pools.Gpu).Forget(jobId);
        await silo.AdvanceUntil(() => stopped.IsCompleted);

        await silo.AdvanceUntil(() => silo.Projections.Row(jobId) is { Status: JobStatus.Completed });
        Assert.Equal(1, silo.Engine.Calls["Render 0"]);
    }

    [Fact]
    public async Task Heartbeat_JobGaveTheItemToALaterHolder_TheQueueHasItBackBeforeTheLeaseRunsOut()
    {
        var lease = TimeSpan.FromMinutes(10);
        await using var silo = await TestSilo.Start(withSlots: true, settings: new() { ["LipSync:Dispatch:LeaseDuration"] = lease.ToString() });
        var (began, stopped) = silo.Engine.RenderUntilStopped();
        var jobId = await silo.Submit();
        await began.WaitAsync(TimeSpan.FromSeconds(30));

        // A lease of a queue whose silo is lost by now, as its holder is.
        var fence = silo.State.Read<JobState>("job", jobId).Attempts[0].Fence;
        Assert.NotNull(await silo.Job(jobId).BeginItem(new(jobId, Stage.Render, 0), fence + 1));
        var taken = silo.Time.GetUtcNow();
        await silo.AdvanceUntil(() => stopped.IsCompleted);

        await silo.AdvanceUntil(() => silo.Projections.Row(jobId) is { Status: JobStatus.Completed });
        Assert.InRange(silo.Time.GetUtcNow() - taken, TimeSpan.Zero, lease);
        Assert.Equal(1, silo.Engine.Calls["Render 0"]);
    }

    [Fact]
    public async Task Heartbeat_QueueLost_TheSlotKeepsItsItem()
    {
        await using var silo = await TestSilo.Start(withSlots: true, adoptionWindow: TimeSpan.FromSeconds(30));
        var (began, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        silo.Engine.BeforeRender = async (first, cancellation) =>
        {
            if (first == 0)
            {
                Assert.True(began.TrySetResult(), "The item was given to a second slot.");
                await release.Task.WaitAsync(cancellation);
            }
        };
        var jobId = await silo.Submit();
        await silo.AdvanceUntil(() => began.Task.IsCompleted);

        // A grain deactivates when its calls are done: the other slot's long poll has to run out first.
        var deactivating = silo.Deactivate(silo.Queue(Pools.Gpu));
        await silo.AdvanceUntil(() => deactivating.IsCompleted);
        var waited = silo.Time.GetUtcNow() + TimeSpan.FromSeconds(60);
        await silo.AdvanceUntil(() => silo.Time.GetUtcNow() > waited);
        release.SetResult();

        await silo.AdvanceUntil(() => silo.Projections.Row(jobId) is { Status: JobStatus.Completed });
        Assert.Equal(1, silo.Engine.Calls["Render 0"]);
    }
}
