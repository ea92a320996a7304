using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Storage;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs.Outputs;

public sealed class JobDeleteTests
{
    [Fact]
    public async Task Delete_CompletedJob_TakesEverythingAwayAndKeepsTheCharge()
    {
        await using var silo = await TestSilo.Start();
        var (jobId, output) = await silo.Complete();

        Assert.True(await silo.Job(jobId).Delete(Samples.Account));

        Assert.DoesNotContain(output, silo.Media.Keys);
        Assert.Null(await silo.Job(jobId).Describe(Samples.Account));
        Assert.Equal(CancelResult.NotFound, await silo.Job(jobId).Cancel(Samples.Account));
        Assert.False(await silo.Job(jobId).Delete(Samples.Account));
        Assert.Empty(await Listed(silo));
        Assert.Equal((999, 0), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
    }

    [Fact]
    public async Task Delete_JobAtWork_CancelsItAndALatePartIsDeleted()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        var lease = await silo.Begin(Pools.Cpu);

        Assert.True(await silo.Job(jobId).Delete(Samples.Account));

        Assert.False(await silo.Job(jobId).ReportProgress(lease.Item.Id, lease.Fence, 0.5));
        Assert.Equal((1000, 0), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
        silo.Media.Add(ArtifactKeys.Output(jobId, lease.Fence), [1]);
        await silo.Finish(lease, Samples.Media(275));
        Assert.DoesNotContain(silo.Media.Keys, key => key.StartsWith(ArtifactKeys.Job(jobId), StringComparison.Ordinal));
        Assert.Null(await silo.Queue(Pools.Cpu).Position(jobId));
        Assert.Empty(await Listed(silo));
    }

    [Fact]
    public async Task Delete_UnknownOrAnothersJob_ChangesNothing()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();

        Assert.False(await silo.Job(jobId).Delete("another account"));
        Assert.False(await silo.Job(JobId.New(silo.Time.GetUtcNow())).Delete(Samples.Account));

        Assert.Equal(JobStatus.Queued, (await silo.Job(jobId).Describe(Samples.Account))!.Status);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    public async Task Delete_WriteFails_DeletingAgainOrTheReminderFinishesIt(int write, bool afterStoring)
    {
        await using var silo = await TestSilo.Start();
        var (jobId, output) = await silo.Complete();
        silo.State.FailWrite("job", afterStoring, skip: write);

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Delete(Samples.Account));
        Assert.Equal(1, silo.State.Fired);

        await silo.Job(jobId).AsReference<IRemindable>().ReceiveReminder("resume", default);
        await silo.Job(jobId).Delete(Samples.Account);

        Assert.Null(await silo.Job(jobId).Describe(Samples.Account));
        Assert.DoesNotContain(output, silo.Media.Keys);
        Assert.Empty(await Listed(silo));
    }

    [Fact]
    public async Task Delete_TableIsAway_TheRowGoesLater()
    {
        await using var silo = await TestSilo.Start();
        var (jobId, _) = await silo.Complete();
        silo.Projections.FailRows(1);

        Assert.True(await silo.Job(jobId).Delete(Samples.Account));
        Assert.Equal((1, 1), (silo.Projections.Fired, (await Listed(silo)).Length));

        await silo.AdvanceUntil(() => silo.Projections.Row(jobId)!.IsDeleted);
        Assert.Null(silo.Projections.Row(jobId)!.Metadata);
    }

    private static async Task<JobSummary[]> Listed(TestSilo silo) =>
        [.. (await silo.Grains.GetGrain<IJobListGrain>(0).List(new(Samples.Account, Status: null, 10, After: null))).Jobs];
}
