using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Jobs.Effects;
using LipSync.Planning;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

public sealed class JobRecoveryTests
{
    [Fact]
    public async Task Queue_LostWithItsSilo_IsRebuiltFromTheUnfinishedJobs()
    {
        await using var silo = await TestSilo.Start();
        string[] jobs = [await silo.Submit(), await silo.Submit()];
        await silo.Deactivate(silo.Queue(Pools.Cpu));
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobs[0]));

        // A queue that comes to life asks for its items by itself.
        var taking = jobs.Select(_ => silo.TakeInTheEnd(Pools.Cpu)).ToArray();
        await silo.AdvanceUntil(() => taking.All(take => take.IsCompleted));
        Assert.Equal(jobs.Order(StringComparer.Ordinal), (await Task.WhenAll(taking)).Select(lease => lease.Item.Id.JobId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Effects_TableFails_AreTriedAgainLaterAndTheJobGoesOnMeanwhile()
    {
        await using var silo = await TestSilo.Start();
        silo.Projections.FailRows(2);
        var jobId = await silo.Submit();
        Assert.Equal(jobId, (await silo.Take(Pools.Cpu)).Item.Id.JobId);
        Assert.Null(silo.Projections.Row(jobId));

        await silo.AdvanceUntil(() => silo.Projections.Row(jobId) is { Status: JobStatus.Queued });
        Assert.Equal(2, silo.Projections.Fired);
    }

    [Fact]
    public async Task Effects_TableStandsStill_AreGivenUpInTimeAndTriedAgain()
    {
        await using var silo = await TestSilo.Start();
        var jobId = JobId.New(silo.Time.GetUtcNow());
        silo.Projections.HangRows(1);

        var submitting = silo.Job(jobId).Submit(Samples.Spec());
        await silo.AdvanceUntil(() => submitting.IsCompleted);
        Assert.True((await submitting).Accepted);
        Assert.Equal(1, silo.Projections.Fired);

        await silo.AdvanceUntil(() => silo.Projections.Row(jobId) is { Status: JobStatus.Queued });
    }

    [Fact]
    public async Task FinishItem_DirectoryDoesNotAnswer_PlansForTheSupposedSlots()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        await silo.Finish(await silo.Begin(Pools.Cpu), Samples.Media(1000));
        var analysis = await silo.Begin(Pools.Gpu);
        silo.Silence.Begin("ISlotDirectoryGrain.Count");

        var finishing = silo.Finish(analysis, Samples.Analysis(1000));
        await silo.AdvanceUntil(() => finishing.IsCompleted);

        Assert.True(await finishing);
        Assert.Equal(1, silo.Silence.Fired);
        Assert.Equal(JobPlan.ChunkFramesFor(1000, JobEffects.SupposedSlots), silo.State.Read<JobState>("job", jobId).ChunkFrames);
    }
}
