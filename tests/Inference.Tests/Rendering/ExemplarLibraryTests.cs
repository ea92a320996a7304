using System.Numerics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Speech;

namespace LipSync.Rendering;

public sealed class ExemplarLibraryTests : IDisposable
{
    private const int Frames = 60;

    private static readonly NormalVideo Info = new(SyntheticPlan.Width, SyntheticPlan.Height, 25, Frames);

    private readonly TemporaryFolder folder = new();
    private readonly List<FileStream> opened = [];

    public void Dispose()
    {
        opened.ForEach(file => file.Dispose());
        folder.Dispose();
    }

    [Fact]
    public void Runs_ShortVideo_IsOneRun() => Assert.Equal([(0, 230)], Runs(Faces(230, _ => 1)));

    [Fact]
    public void Runs_NobodyToShow_AreNone() => Assert.Empty(Runs(Faces(230, _ => 0.8f)));

    [Fact]
    public void Runs_LongGap_IsLeftOut() =>
        Assert.Equal([(0, 100), (150, 230)], Runs(Faces(230, number => number is >= 100 and < 150 ? 0 : 1)));

    [Fact]
    public void Runs_LongVideo_LieWhereTheFaceIs()
    {
        var runs = Runs(Faces(100_000, number => number >= 80_000 ? 1 : 0)).ToList();

        Assert.Equal(500, runs.Sum(run => run.End - run.First));
        Assert.Equal((80_000, 80_050), runs[0]);
        Assert.True(runs[^1].First > 97_000);
    }

    [Fact]
    public void Runs_OneOfManyScenes_StayInIt() => Assert.Equal([(70, 130)], ExemplarLibrary.Runs(Faces(230, _ => 1), 70, 130));

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.04f, false)]
    public async Task Plan_WideOpenMouths_AreShownWhereTheyHoldStillAndPaintedUnderTheCapElsewhere(float shake, bool shown)
    {
        WriteFaces(shake, cut: null);

        var plan = await Plan();

        var frames = Enumerable.Range(0, Frames).Select(plan.ReadFrame).ToList();
        Assert.All(frames, frame => Assert.Equal(shown, frame.Exemplar != PlannedFrame.None));
        Assert.All(frames, frame => Assert.Equal(shown, frame.Mouth.Opening > 0.15f));
        Assert.Equal(shown, plan.Seam.Offsets.All(offset => offset == 0));
    }

    [Fact]
    public async Task Plan_TwoScenesOfOneSpeaker_BothSpeakAndShowMouthsOfTheirOwn()
    {
        WriteFaces(shake: 0, cut: 30);

        var plan = await Plan();

        Assert.Equal([0, 1], plan.TrackIds);
        for (var number = 0; number < Frames; number++)
        {
            var frame = plan.ReadFrame(number);
            Assert.Equal(1, frame.Strength);
            Assert.All(new[] { frame.Exemplar, frame.Fading }.Where(exemplar => exemplar != PlannedFrame.None), exemplar =>
                Assert.Equal(number < 30, plan.Exemplars[exemplar].SourceFrame < 30));
        }
    }

    [Fact]
    public async Task Plan_SmileBeginsAtACut_DoesNotShowBeforeIt()
    {
        WriteFaces(shake: 0, cut: 30, smile: 0.05f);

        var plan = await Plan();

        var residual = new Vector2[FaceTracks.MeshPoints];
        var heights = new List<float>();
        foreach (var frame in (ReadOnlySpan<int>)[0, 29, 30, 59])
        {
            plan.ReadResidual(frame, residual);
            heights.Add(residual[FaceLandmarks.LeftCorner].Y);
        }

        Assert.Equal(heights[0], heights[1], 0.004f);
        Assert.Equal(heights[2], heights[3], 0.004f);
        Assert.InRange(heights[1] - heights[2], 0.04f, 0.06f);
    }

    private async Task<MouthPlan> Plan()
    {
        await TestVideo.WriteChunk(folder.File("video.mp4"), Info.Width, Info.Height, Info.Fps, 0, Frames);
        using var tracks = FaceTracks.Open(folder.File("faces"));
        var map = new FrameMap(SyncMode.CutOff, Frames, Frames);
        var file = new FileStream(folder.File("plan"), FileMode.Create, FileAccess.ReadWrite);
        opened.Add(file);
        var speech = new MouthTrack([.. Enumerable.Repeat(new MouthPose(1, 0.5f, 0, 0, 0, 1), Frames)]);
        var request = new PlanRequest { Video = folder.File("video.mp4"), Info = Info, Faces = folder.File("faces"), Speech = "", Map = map };
        await new ExemplarRenderer().Plan(
            new RenderSource(request, tracks, new Speaker(tracks.Tracks), speech, OwnSpeech: null), file, null, CancellationToken.None);
        file.Position = 0;
        return new MouthPlan(map, file);
    }

    private static IEnumerable<(int First, int End)> Runs(List<SourceFace> faces) => ExemplarLibrary.Runs(faces, 0, faces.Count);

    private static List<SourceFace> Faces(int frames, Func<int, float> fitness) =>
        [.. Enumerable.Range(0, frames).Select(number => new SourceFace(default, 0, 0, fitness(number)))];

    /// <summary>A mouth that opens and closes twice, in a head that shakes from frame to frame; from the cut on it smiles.</summary>
    private void WriteFaces(float shake, int? cut, float smile = 0)
    {
        using var writer = new FaceTracksWriter(folder.File("faces"));
        var track = writer.AddTrack();
        for (var frame = 0; frame < Frames; frame++)
        {
            if (frame == cut)
            {
                writer.Cut(frame);
                track = writer.AddTrack();
            }

            var mouth = SyntheticFace.Canonical(opening: 0.01f + 0.1f * (1 - MathF.Cos(frame * 4 * MathF.PI / Frames)));
            mouth[FaceLandmarks.LeftCorner].Y -= frame >= cut ? smile : 0;
            mouth[FaceLandmarks.RightCorner].Y -= frame >= cut ? smile : 0;
            writer.Write(track, frame, SyntheticFace.InPicture(mouth, SyntheticFace.Pose(140, 180, 140, frame % 2 == 0 ? shake : -shake)), []);
        }

        writer.Finish(minFrames: 1);
    }
}
