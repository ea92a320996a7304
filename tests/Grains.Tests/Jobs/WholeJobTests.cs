using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

public sealed class WholeJobTests
{
    [Fact]
    public async Task Submit_WithSlots_CompletesInOrderAndSettles()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        var jobId = await silo.Submit();
        await silo.Projections.WhenStatus(jobId, JobStatus.Completed);

        var view = await silo.Job(jobId).Describe(Samples.Account);
        Assert.Equal((JobStatus.Completed, 100), (view!.Status, view.Progress));
        Assert.Equal(new JobReport(1280, 720, 25, 275, 11, 1, 275), view.Report);
        Assert.Equal(1, view.CreditsUsed);
        using var output = new StreamReader((await silo.Media.Open(view.OutputKey!, default))!);
        Assert.Equal("0+100;100+100;200+75;", await output.ReadToEndAsync());
        Assert.DoesNotContain(silo.Media.Keys, key => key.Contains("/parts/", StringComparison.Ordinal));

        var account = await silo.Account.Describe();
        Assert.Equal((999, 0), (account!.Available, account.Held));
    }

    [Fact]
    public async Task Submit_SameMediaAgain_FindsItInsteadOfMakingIt()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        await silo.Projections.WhenStatus(await silo.Submit(), JobStatus.Completed);
        await silo.Projections.WhenStatus(await silo.Submit(), JobStatus.Completed);
        Assert.Equal(1, silo.Engine.Calls["NormalizeVideo"]);
        Assert.Equal(1, silo.Engine.Calls["NormalizeSpeech"]);
        Assert.Equal(1, silo.Engine.Calls["TrackFaces"]);
        Assert.Equal(2, silo.Engine.Calls["Assemble"]);
    }
}
