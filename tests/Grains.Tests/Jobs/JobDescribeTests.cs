using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

public sealed class JobDescribeTests
{
    [Fact]
    public async Task Describe_Waiting_TellsThePositionAndThenItsProgress()
    {
        await using var silo = await TestSilo.Start();
        await silo.Submit();
        var second = await silo.Submit();

        var waiting = await silo.Job(second).Describe(Samples.Account);
        Assert.Equal((JobStatus.Queued, 1, 0), (waiting!.Status, waiting.QueuePosition, waiting.Progress));
        Assert.Null(waiting.ProcessingTime);

        await silo.Begin(Pools.Cpu);
        var lease = await silo.Begin(Pools.Cpu);
        Assert.True(await silo.Job(second).ReportProgress(lease.Item.Id, lease.Fence, 0.5));
        silo.Time.Advance(TimeSpan.FromSeconds(7));
        var working = await silo.Job(second).Describe(Samples.Account);
        Assert.Equal((JobStatus.Processing, Stage.Ingest, 0, 17), (working!.Status, working.Stage, working.QueuePosition, working.Progress));
        Assert.Equal(TimeSpan.FromSeconds(7), working.ProcessingTime);
        Assert.True(working.EstimatedTimeRemaining < waiting.EstimatedTimeRemaining);
    }

    [Fact]
    public async Task Describe_QueueDoesNotAnswer_AnswersWithoutAPosition()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        silo.Silence.Begin("IWorkQueueGrain.Position");

        var began = silo.Time.GetUtcNow();
        var describing = silo.Job(jobId).Describe(Samples.Account);
        await silo.AdvanceUntil(async () => await silo.Account.Describe() is not null && (describing.IsCompleted || Passed() > TimeSpan.FromSeconds(20)));

        // The clock stands now: what has not been given up by then, never is. A busy machine may need a moment to say so.
        var view = await describing.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((JobStatus.Queued, null), (view!.Status, view.QueuePosition));
        Assert.Equal(1, silo.Silence.Fired);
        Assert.True(Passed() >= TimeSpan.FromSeconds(2));

        TimeSpan Passed() => silo.Time.GetUtcNow() - began;
    }

    [Fact]
    public async Task Describe_ItemLostAndBegunAgain_ProgressNeverGoesBack()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        var lease = await silo.Begin(Pools.Cpu);
        await silo.Job(jobId).ReportProgress(lease.Item.Id, lease.Fence, 0.9);
        var before = (await silo.Job(jobId).Describe(Samples.Account))!.Progress;
        await silo.Queue(Pools.Cpu).Return(lease.Item.Id, lease.Fence);
        await silo.Begin(Pools.Cpu);
        Assert.Equal(31, before);
        Assert.Equal(31, (await silo.Job(jobId).Describe(Samples.Account))!.Progress);
    }
}
