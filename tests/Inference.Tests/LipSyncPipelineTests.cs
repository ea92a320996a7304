using LipSync.Basics;
using LipSync.Media;
using LipSync.Models;
using LipSync.Rendering;
using LipSync.Rendering.Life;
using LipSync.Rendering.Plans;
using LipSync.Reports;

namespace LipSync;

public class LipSyncPipelineTests
{
    private static readonly LipSyncPipeline Pipeline = LipSyncPipeline.Create();

    [SkippableTheory]
    [InlineData("media/dhlive_000002.mp4", "media/jfk.flac")]
    [InlineData("media/latentsync_demo1.mp4", "media/jfk.flac")]
    public async Task Render_AnyChunks_GiveTheSameFramesAndTheMouthFollows(string video, string audio)
    {
        using var folder = new TemporaryFolder();
        var job = await Prepare(folder, TestMedia.Find(video), TestMedia.Find(audio), seconds: 6);

        await Render(job, "whole.mp4", 0, 150);
        await Render(job, "a.mp4", 0, FrameWriter.SegmentFrames);
        await Render(job, "b.mp4", FrameWriter.SegmentFrames, 150 - FrameWriter.SegmentFrames);
        await Pipeline.Assemble([folder.File("whole.mp4")], job.Speech, 150, 25, folder.File("one.mp4"), CancellationToken.None);
        await Pipeline.Assemble([folder.File("a.mp4"), folder.File("b.mp4")], job.Speech, 150, 25, folder.File("two.mp4"), CancellationToken.None);

        Assert.Equal(await TestVideo.Frames(folder.File("one.mp4")), await TestVideo.Frames(folder.File("two.mp4")));
        await AssertMouthFollows(job, folder.File("whole.mp4"), folder.File("seen"));
    }

    [SkippableFact]
    public async Task Render_Portrait_MouthFollowsInAMovingHeadInAnyChunks()
    {
        using var folder = new TemporaryFolder();
        var job = await Prepare(folder, TestMedia.Find("media/astronaut.png"), TestMedia.Find("media/jfk.flac"), seconds: 6);

        await Render(job, "whole.mp4", 0, 150);
        await Render(job, "late.mp4", FrameWriter.SegmentFrames, 150 - FrameWriter.SegmentFrames);

        var frames = await TestVideo.Frames(folder.File("whole.mp4"));
        var late = await TestVideo.Frames(folder.File("late.mp4"));
        Assert.Equal(frames[FrameWriter.SegmentFrames..].Select(frame => frame.Hash), late.Select(frame => frame.Hash));
        var (wanted, seen) = await Mouths(job, folder.File("whole.mp4"), folder.File("seen"));
        Assert.InRange(Correlation.Pearson(wanted, seen), 0.85, 1);
    }

    [SkippableFact]
    public async Task PlanMouths_PortraitWithoutMotion_PlansNoLife()
    {
        using var folder = new TemporaryFolder();
        var job = await Prepare(folder, TestMedia.Find("media/astronaut.png"), TestMedia.Find("media/jfk.flac"), seconds: 2);
        await Pipeline.PlanMouths(job.Request with { Motion = false }, folder.File("still"), null, CancellationToken.None);

        Assert.NotNull(Life(job.Plan));
        Assert.Null(Life(folder.File("still")));

        static LifePose? Life(string path)
        {
            using var file = File.OpenRead(path);
            return new MouthPlan(PlanHeader.ReadFrom(file).Map, file).ReadLife(20);
        }
    }

    [SkippableFact]
    public async Task Render_Twice_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var job = await Prepare(folder, TestMedia.Find("media/astronaut.png"), TestMedia.Find("media/jfk.flac"), seconds: 2);

        await Render(job, "one.mp4", 0, 50);
        await Pipeline.PlanMouths(job.Request, folder.File("again"), null, CancellationToken.None);
        await Render(job with { Plan = folder.File("again") }, "two.mp4", 0, 50);

        Assert.Equal(await File.ReadAllBytesAsync(job.Plan), await File.ReadAllBytesAsync(folder.File("again")));
        Assert.Equal(await File.ReadAllBytesAsync(folder.File("one.mp4")), await File.ReadAllBytesAsync(folder.File("two.mp4")));
    }

    [SkippableFact]
    public async Task Review_OfAFinishedPortrait_ComparesItAndDrawsItsPictures()
    {
        using var folder = new TemporaryFolder();
        var job = await Prepare(folder, TestMedia.Find("media/astronaut.png"), TestMedia.Find("media/jfk.flac"), seconds: 2);
        await Render(job, "chunk.mp4", 0, 50);
        await Pipeline.Assemble([folder.File("chunk.mp4")], job.Speech, 50, 25, folder.File("output.mp4"), CancellationToken.None);

        var report = await Pipeline.Review(
            new()
            {
                Video = folder.File("output.mp4"), Info = job.Info with { Frames = 50 }, Faces = job.Faces, Plan = job.Plan,
                Report = PlanReport.Empty with { Faces = [new(0, 50, FaceState.Synced, null)] },
                ContactSheet = folder.File("sheet.png"), Plot = folder.File("plot.svg"),
            },
            CancellationToken.None);

        Assert.Equal([new FaceStretch(0, 2, FaceState.Synced, null)], report.Faces);
        Assert.Equal(50, report.Opening!.Frames);
        Assert.True(report.Opening.R >= 0.85, $"The portrait's mouth follows its plan with r = {report.Opening.R} only.");
        using var sheet = OpenCvSharp.Cv2.ImRead(folder.File("sheet.png"));
        Assert.True(sheet.Width > 1000 && sheet.Height > 1000);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(folder.File("plot.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NormalizeVideo_WithoutAFace_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await TestVideo.WriteChunk(folder.File("source.mp4"), 160, 160, 25, 0, 10);

        var refusal = await Assert.ThrowsAsync<MediaRefusedException>(() => Pipeline.NormalizeVideo(
            folder.File("source.mp4"), isImage: false, new VideoFormat(160, 25), 60, folder.File("video.mp4"), folder.File("faces"), null, CancellationToken.None));

        Assert.Equal("no_face_found", refusal.Code);
    }

    private static async Task<Job> Prepare(TemporaryFolder folder, string video, string audio, int seconds)
    {
        var (info, _) = await Pipeline.NormalizeVideo(
            video, isImage: Path.GetExtension(video) == ".png", new VideoFormat(480, 25), seconds, folder.File("video.mp4"), folder.File("faces"), null, CancellationToken.None);
        var length = await Pipeline.NormalizeSpeech(audio, seconds, folder.File("speech.flac"), CancellationToken.None);
        var job = new Job(folder, info, FrameMap.For(SyncMode.Bounce, info.Frames, length, 25), folder.File("plan"));
        await Pipeline.PlanMouths(job.Request, job.Plan, null, CancellationToken.None);
        return job;
    }

    private static Task Render(Job job, string name, int first, int count) =>
        Pipeline.Render(job.Video, job.Info, job.Faces, job.Plan, first, count, job.Folder.File(name), null, CancellationToken.None);

    /// <summary>The openings that the plan asked for, and those found anew in what was rendered.</summary>
    private static async Task<(float[] Wanted, float[] Seen)> Mouths(Job job, string rendered, string found)
    {
        await using var file = File.OpenRead(job.Plan);
        var plan = new ExemplarRenderer().Read(PlanHeader.ReadFrom(file).Map, file);
        var frames = plan.Frames.Count;
        var mouths = await new OutputMouths(ModelCatalog.BesideProgram, plan.MeanFace).Measure(
            rendered, job.Info with { Frames = frames }, 0, frames, expected: null, onFrame: null, found, CancellationToken.None);

        var wanted = plan.Frames.Select(frame => frame.IsDrawn ? frame.Opening : float.NaN).ToArray();
        var seen = mouths.Select(mouth => mouth?.Mouth.Opening ?? float.NaN).ToArray();
        return (wanted, seen);
    }

    /// <summary>The mouth's opening must be what the plan asked for.</summary>
    private static async Task AssertMouthFollows(Job job, string rendered, string found)
    {
        var (wanted, seen) = await Mouths(job, rendered, found);
        Assert.True(wanted.Zip(seen).Count(pair => !float.IsNaN(pair.First + pair.Second)) > 100);
        var r = Correlation.Pearson(wanted, seen);
        Assert.True(r >= 0.85, $"The mouth follows its plan with r = {r:0.00} only.");
        var rest = wanted.Where(opening => !float.IsNaN(opening)).Min();
        var closed = wanted.Zip(seen).Where(pair => pair.First < rest + 0.01).Select(pair => pair.Second).Order().ToList();
        Assert.True(closed[closed.Count / 2] < rest + 0.02, $"Closed mouths are seen open by {closed[closed.Count / 2]:0.000}.");
    }

    private sealed record Job(TemporaryFolder Folder, NormalVideo Info, FrameMap Map, string Plan)
    {
        public string Video => Folder.File("video.mp4");

        public string Speech => Folder.File("speech.flac");

        public string Faces => Folder.File("faces");

        public PlanRequest Request => new() { Video = Video, Info = Info, Faces = Faces, Speech = Speech, Map = Map };
    }
}
