using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Preflights;
using LipSync.Storage;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Preflights;

/// <summary>A preflight in the job machine; the test is the slot.</summary>
public sealed class PreflightJobTests
{
    private static readonly JobSpec Spec = Samples.Spec() with { Purpose = JobPurpose.Preflight, Speech = null };

    [Fact]
    public async Task BeginItem_Preflight_OrdersAnInspectionOfTheSameInputs()
    {
        await using var silo = await TestSilo.Start();
        await Submit(silo);

        var lease = await silo.Take(Pools.Cpu);
        var order = await silo.Job(lease.Item.Id.JobId).BeginItem(lease.Item.Id, lease.Fence);

        Assert.Equal(new InspectOrder(Spec.InputType, Spec.Visual, Speech: null, Spec.Settings, Spec.Limits), order);
    }

    [Fact]
    public async Task FinishItem_AfterTheJobsSiloWasLost_CompletesIt()
    {
        await using var silo = await TestSilo.Start();
        var id = await Submit(silo);
        var lease = await silo.Begin(Pools.Cpu);
        await silo.Deactivate(silo.Job(id));

        Assert.True(await silo.Finish(lease, new InspectResult("preflights/p/report.json")));
        await silo.Deactivate(silo.Job(id));

        var view = await silo.Job(id).Describe(Samples.Account);
        Assert.Equal((JobStatus.Completed, "preflights/p/report.json", 0), (view!.Status, view.InspectionKey, view.CreditsUsed));
    }

    [Fact]
    public async Task Resume_AfterTheQueueWasLost_OffersItAgain()
    {
        await using var silo = await TestSilo.Start();
        var id = await Submit(silo);
        await silo.Deactivate(silo.Queue(Pools.Cpu));

        await silo.Job(id).Resume();

        Assert.Equal(id, (await silo.Take(Pools.Cpu)).Item.Id.JobId);
    }

    [Fact]
    public async Task Withdraw_CallerHungUp_TakesItFromQueueAndSlot()
    {
        await using var silo = await TestSilo.Start();
        var id = await Submit(silo);
        var lease = await silo.Begin(Pools.Cpu);

        await silo.Job(id).Withdraw(Spec);

        Assert.False(await silo.Job(id).ReportProgress(lease.Item.Id, lease.Fence, 0.5));
        Assert.False(await silo.Queue(Pools.Cpu).Renew(lease.Item, lease.Fence));
        Assert.Equal(JobStatus.Cancelled, (await silo.Job(id).Describe(Samples.Account))!.Status);
    }

    [Fact]
    public async Task FinishItem_MachinesFailAgainAndAgain_EndsIt()
    {
        await using var silo = await TestSilo.Start();
        var id = await Submit(silo);

        for (var attempt = 0; attempt < JobDecisions.MaxAttempts; attempt++)
        {
            var lease = await silo.Begin(Pools.Cpu);
            await silo.Fail(lease, "processing_failed", retryable: true);
            await silo.Queue(Pools.Cpu).Complete(lease.Item.Id, lease.Fence);
            await silo.Job(id).Resume();
        }

        Assert.Equal((JobStatus.Failed, "processing_failed"), (await silo.Job(id).Describe(Samples.Account)) is { } view ? (view.Status, view.Error!.Code) : default);
    }

    [Fact]
    public async Task Submit_TheSameAsAVideo_IsAConflict()
    {
        await using var silo = await TestSilo.Start();
        var id = await Submit(silo);

        Assert.Equal(SubmitRefusal.Conflict, (await silo.Job(id).Submit(Spec with { Purpose = JobPurpose.Video })).Refusal);
    }

    [Theory]
    [InlineData("pre_0123456789abcdef0123456789abcdef", true)]
    [InlineData("job_0123456789abcdef0123456789abcdef", false)]
    [InlineData("pre_0123456789abcdef0123456789abcde", false)]
    [InlineData("pre_0123456789ABCDEF0123456789ABCDEF", false)]
    [InlineData("pre", false)]
    public void IsWellFormed_Text_TellsPreflightsFromJobs(string text, bool expected)
    {
        Assert.Equal(expected, PreflightId.IsWellFormed(text));
        Assert.False(expected && JobId.IsWellFormed(text));
    }

    [Fact]
    public void New_Id_IsWellFormed() => Assert.True(PreflightId.IsWellFormed(PreflightId.New(DateTimeOffset.UnixEpoch)));

    [Fact]
    public void PreflightReport_Key_LiesWhereSweepsLook() =>
        Assert.StartsWith(ArtifactKeys.Preflights, ArtifactKeys.PreflightReport("pre_1"), StringComparison.Ordinal);

    private static async Task<string> Submit(TestSilo silo)
    {
        var id = PreflightId.New(silo.Time.GetUtcNow());
        Assert.True((await silo.Job(id).Submit(Spec)).Accepted);
        return id;
    }
}
