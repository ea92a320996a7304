using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs.Outputs;

public sealed class JobExpiryTests
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(30);

    [Theory]
    [InlineData(30 * 60)]
    [InlineData(0)]
    public async Task Completed_AnyPlan_OutputExpiresAfterItsLifeOrAWeek(int minutes)
    {
        await using var silo = await TestSilo.Start();
        var completed = silo.Time.GetUtcNow();
        var (jobId, output) = await silo.Complete(Samples.Spec() with { Limits = Samples.Limits with { ArtifactLife = TimeSpan.FromMinutes(minutes) } });

        var view = await silo.Job(jobId).Describe(Samples.Account);

        Assert.Equal(output, view!.OutputKey);
        var life = view.OutputExpiresAt!.Value - completed;
        Assert.InRange(life, minutes == 0 ? JobDecisions.UsualLife : Life, (minutes == 0 ? JobDecisions.UsualLife : Life) + TimeSpan.FromMinutes(1));
        Assert.Equal(view.OutputExpiresAt, silo.Projections.Row(jobId)!.ExpiresAt);
    }

    [Fact]
    public async Task Describe_AfterTheOutputExpired_AnswersNoOutputAlsoBeforeItIsDeleted()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await Expired(silo);

        var view = await silo.Job(jobId).Describe(Samples.Account);

        Assert.Equal((JobStatus.Completed, null, null), (view!.Status, view.OutputKey, view.Review));
        Assert.Equal(50, view.Report!.Frames);
    }

    [Fact]
    public async Task Expire_BeforeItsTime_ChangesNothing()
    {
        await using var silo = await TestSilo.Start();
        var (jobId, output) = await silo.Complete();
        var writes = silo.State.Writes["job"];

        await silo.Job(jobId).Expire();

        Assert.Contains(output, silo.Media.Keys);
        Assert.Equal(writes, silo.State.Writes["job"]);
    }

    [Fact]
    public async Task Expire_AfterItsTime_DeletesTheOutputAndTheRowSaysSo()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await Expired(silo);
        Assert.Single(await silo.Projections.Expired(silo.Time.GetUtcNow(), after: null, 10, CancellationToken.None));

        await silo.Job(jobId).Expire();
        await silo.Job(jobId).Expire();

        Assert.DoesNotContain(silo.Media.Keys, key => key.StartsWith("jobs/", StringComparison.Ordinal));
        Assert.Empty(await silo.Projections.Expired(silo.Time.GetUtcNow(), after: null, 10, CancellationToken.None));
        var view = await silo.Job(jobId).Describe(Samples.Account);
        Assert.Equal((JobStatus.Completed, 100), (view!.Status, view.Progress));
        Assert.True(await silo.Job(jobId).Delete(Samples.Account));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    public async Task Expire_WriteFails_IsFinishedByTheNextSweep(int write, bool afterStoring)
    {
        await using var silo = await TestSilo.Start();
        var jobId = await Expired(silo);
        silo.State.FailWrite("job", afterStoring, skip: write);

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Expire());
        Assert.Equal(1, silo.State.Fired);
        await silo.Job(jobId).Expire();

        Assert.DoesNotContain(silo.Media.Keys, key => key.StartsWith("jobs/", StringComparison.Ordinal));
        Assert.Null(silo.Projections.Row(jobId)!.OutputKey);
    }

    private static async Task<string> Expired(TestSilo silo)
    {
        // No longer, because the silo's own calls time out by this clock.
        var (jobId, _) = await silo.Complete(Samples.Spec() with { Limits = Samples.Limits with { ArtifactLife = TimeSpan.FromSeconds(1) } });
        silo.Time.Advance(TimeSpan.FromSeconds(1));
        return jobId;
    }
}
