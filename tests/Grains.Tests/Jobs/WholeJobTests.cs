using System.Security.Cryptography;
using LipSync.Faces;
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
        var output = silo.Media.Read(view.OutputKey!);
        Assert.Equal(new JobReport(1280, 720, 25, 275, 11, 1, 275, output.Length, Convert.ToHexStringLower(SHA256.HashData(output))), view.Report);
        Assert.Equal(1, view.CreditsUsed);

        // How it was cut depends on the slots that had announced themselves by then.
        var next = 0;
        foreach (var chunk in (await Read(silo, view.OutputKey!)).TrimEnd(';').Split(';').Select(text => text.Split('+').Select(int.Parse).ToArray()))
        {
            Assert.Equal(next, chunk[0]);
            next += chunk[1];
        }

        Assert.Equal(275, next);
        Assert.Equal($"sheet of {await Read(silo, view.OutputKey!)}", await Read(silo, view.Review!.ContactSheetKey!));
        Assert.Equal("plot", await Read(silo, view.Review.PlotKey!));
        Assert.Equal(
            """{"faces":[],"facesOmitted":0,"opening":{"r":0.95,"lagMs":0,"frames":150},"closures":{"asked":4,"checked":3,"achieved":3},"exemplars":{"gathered":0,"shown":0,"cuts":0,"drawnFrames":0,"paintedFrames":0},"warnings":["The face is small."]}""",
            await Read(silo, view.Review.ReportKey));
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
        Assert.Equal(1, silo.Engine.Calls["TryNormalizeOwnSound"]);
        Assert.Equal(2, silo.Engine.Calls["Assemble"]);
    }

    [Theory]
    [InlineData(InputType.Video, true, true)]
    [InlineData(InputType.Video, false, false)]
    [InlineData(InputType.Image, true, false)]
    public async Task Submit_SourceWithOrWithoutSound_IsPlannedWithItWhereThereIsOne(InputType type, bool hasSound, bool expected)
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        silo.Engine.OwnSound = hasSound;
        await silo.Projections.WhenStatus(await silo.Submit(Samples.Spec() with { InputType = type }), JobStatus.Completed);
        Assert.Equal(expected, silo.Engine.Planned!.OwnSound is not null);
        Assert.Equal(type is InputType.Video, silo.Engine.Calls.ContainsKey("TryNormalizeOwnSound"));
    }

    public static TheoryData<FaceSelection?, FaceChoice> Faces => new()
    {
        { null, FaceChoice.Auto },
        { new LargestFace(), FaceChoice.Largest },
        { new FaceAt(1.5, 0.25, 0.75), new FaceChoice.At(1.5, 0.25, 0.75) },
        { new FaceOfTrack(2), new FaceChoice.Track(2) },
    };

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Submit_FaceChosen_IsPlannedSo(FaceSelection? face, FaceChoice expected)
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        var spec = Samples.Spec(noFace: NoFacePolicy.Hold);
        var jobId = await silo.Submit(spec with { Settings = spec.Settings with { Face = face, Motion = Motion.None } });
        await silo.Projections.WhenStatus(jobId, JobStatus.Completed);
        var planned = silo.Engine.Planned!;
        Assert.Equal((expected, true, false, jobId), (planned.Face, planned.HoldWithoutFace, planned.Motion, planned.Seed));
    }

    private static async Task<string> Read(TestSilo silo, string key)
    {
        using var reader = new StreamReader((await silo.Media.Open(key, default))!);
        return await reader.ReadToEndAsync();
    }
}
