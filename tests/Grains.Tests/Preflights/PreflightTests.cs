using System.Text.Json;
using LipSync.Faces;
using LipSync.Inspection;
using LipSync.Jobs;
using LipSync.Preflights;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Preflights;

/// <summary>A preflight from its submission to its report, done by slots.</summary>
public sealed class PreflightTests
{
    [Fact]
    public async Task Submit_VideoAndSpeech_ReportsWhatAJobWouldMake()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        silo.Engine.Tracks = 2;

        var (id, report) = await Inspect(silo, Spec());

        Assert.Equal(
            new(12, 1280, 720, 90, 29.97, VariableFrameRate: true, Hdr: true, "h264", HasAudio: true), report.Video);
        Assert.Null(report.Image);
        Assert.Equal(new(11, "flac", 48000, 2), report.Audio);
        Assert.Equal(new(1280, 720, 25, 275, 11), report.Output);
        Assert.Equal((1, 22.0, 10, 0), (report.EstimatedCredits, report.EstimatedTime!.Value, report.HeldCredits, report.SelectedTrackId));
        Assert.Equal([0, 1], report.Faces!.Select(face => face.TrackId));
        Assert.Equal(
            new(0, 0, 0, 11.96, 300, 6, new FaceArea(0.25, 0.25, 0.5, 0.5), $"preflights/{id}/face-0.jpg"), report.Faces![0]);
        Assert.Equal("face"u8.ToArray(), silo.Media.Read($"preflights/{id}/face-1.jpg"));
        Assert.Empty(report.Blocking);
    }

    [Fact]
    public async Task Submit_Preflight_CostsNothingAndIsOnNoList()
    {
        await using var silo = await TestSilo.Start(withSlots: true, credits: 0);

        var (id, report) = await Inspect(silo, Spec());

        Assert.Equal(1, report.EstimatedCredits);
        Assert.Equal((0, 0), (await silo.Account.Describe()) is { } account ? (account.Available, account.Held) : default);
        Assert.Null(silo.Projections.Row(id));
        Assert.Null(await silo.Job(id).Describe("acc-2"));
    }

    [Fact]
    public async Task Submit_ThenAJobOfTheSame_FindsItsMediaAndCostsWhatWasEstimated()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        var (_, report) = await Inspect(silo, Spec());

        var jobId = await silo.Submit(Samples.Spec());
        await silo.Projections.WhenStatus(jobId, JobStatus.Completed);

        Assert.Equal((1, 1, 1), (silo.Engine.Calls["NormalizeVideo"], silo.Engine.Calls["NormalizeSpeech"], silo.Engine.Calls["TryNormalizeOwnSound"]));
        Assert.Equal(report.EstimatedCredits, (await silo.Job(jobId).Describe(Samples.Account))!.CreditsUsed);
    }

    [Fact]
    public async Task Submit_WithoutSpeech_LooksAtTheVideoAlone()
    {
        await using var silo = await TestSilo.Start(withSlots: true);

        var (_, report) = await Inspect(silo, Spec() with { Speech = null });

        Assert.Equal((null, null, null, null), (report.Audio, report.Output, report.EstimatedCredits, report.EstimatedTime));
        Assert.Equal((12, 1), (report.Video!.Duration, report.Faces!.Count));
        Assert.Empty(report.Blocking);
        Assert.Null(silo.Engine.Surveyed!.Map);
    }

    [Fact]
    public async Task Submit_Image_TellsItsSize()
    {
        await using var silo = await TestSilo.Start(withSlots: true);

        var (_, report) = await Inspect(silo, Spec() with { InputType = InputType.Image });

        Assert.Equal((null, new(512, 512)), (report.Video, report.Image));
        Assert.Equal((0, 0, 1), (report.Faces![0].FirstSeen, report.Faces[0].LastSeen, report.Faces[0].Frames));
        Assert.Equal(275, report.Output!.Frames);
    }

    [Fact]
    public async Task Submit_FaceChosen_IsSurveyedWithTheJobsFrames()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        var spec = Spec();

        await Inspect(silo, spec with { Settings = spec.Settings with { Face = new FaceOfTrack(3) } });

        Assert.Equal(new FaceChoice.Track(3), silo.Engine.Surveyed!.Face);
        Assert.Equal((300, 275), (silo.Engine.Surveyed.Map!.SourceFrames, silo.Engine.Surveyed.Map.OutputFrames));
        Assert.NotNull(silo.Engine.Surveyed.OwnSound);
    }

    [Fact]
    public async Task Submit_EverythingWrong_SaysEverything()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        silo.Media.Add("uploads/speech", "no number"u8.ToArray());
        silo.Engine.Tracks = 0;

        var (_, report) = await Inspect(silo, Spec());

        Assert.Equal(["invalid_media", "no_face_found"], report.Blocking.Select(error => error.Code));
        Assert.Equal((12, null, null), (report.Video!.Duration, report.Faces, report.EstimatedCredits));
    }

    [Fact]
    public async Task Submit_UploadGone_SaysSo()
    {
        await using var silo = await TestSilo.Start(withSlots: true);

        var (_, report) = await Inspect(silo, Spec() with { Visual = new(Url: null, UploadKey: "uploads/none") });

        Assert.Equal("fetch_failed", Assert.Single(report.Blocking).Code);
        Assert.Equal(11, report.Audio!.Duration);
    }

    [Fact]
    public async Task Submit_LongerThanThePlanAllows_IsBlockedWithoutAPrice()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        silo.Upload("uploads/speech", 500);

        var (_, report) = await Inspect(silo, Spec());

        Assert.Equal("duration_too_long", Assert.Single(report.Blocking).Code);
        Assert.Equal((500, null, null), (report.Audio!.Duration, report.Output, report.EstimatedCredits));
    }

    [Theory]
    [InlineData(NoFacePolicy.Fail, 0, true)]
    [InlineData(NoFacePolicy.Fail, 1, false)]
    [InlineData(NoFacePolicy.Passthrough, 1, true)]
    public async Task Submit_FramesWithoutSpeaker_BlockWhereTheSettingsAskForIt(NoFacePolicy policy, int without, bool expected)
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        silo.Engine.FramesWithoutSpeaker = without;

        var (_, report) = await Inspect(silo, Spec(policy));

        Assert.Equal(expected, report.Blocking.Count == 0);
    }

    [Fact]
    public async Task Submit_NobodyWouldSpeak_IsBlockedAndTheFacesAreShown()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        silo.Engine.WhyNobody = "The video has no face with the id 7; its only face has the id 0.";

        var (_, report) = await Inspect(silo, Spec());

        Assert.Equal([new JobError("no_face_found", silo.Engine.WhyNobody)], report.Blocking);
        Assert.Equal((null, 1), (report.SelectedTrackId, report.Faces!.Count));
    }

    private static JobSpec Spec(NoFacePolicy noFace = NoFacePolicy.Passthrough) => Samples.Spec(noFace: noFace) with { Purpose = JobPurpose.Preflight };

    private static async Task<(string Id, PreflightReport Report)> Inspect(TestSilo silo, JobSpec spec)
    {
        var id = PreflightId.New(silo.Time.GetUtcNow());
        Assert.True((await silo.Job(id).Submit(spec)).Accepted);
        await silo.AdvanceUntil(async () => (await silo.Job(id).Describe(Samples.Account))!.Status is JobStatus.Completed);
        var view = await silo.Job(id).Describe(Samples.Account);
        Assert.Equal($"preflights/{id}/report.json", view!.InspectionKey);
        return (id, JsonSerializer.Deserialize<PreflightReport>(silo.Media.Read(view.InspectionKey!), JsonSerializerOptions.Web)!);
    }
}
