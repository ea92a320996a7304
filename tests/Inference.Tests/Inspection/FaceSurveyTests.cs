using LipSync.Faces;
using LipSync.Media;
using LipSync.Models;
using OpenCvSharp;

namespace LipSync.Inspection;

/// <summary>Two real faces side by side: a man on the left, a woman on the right, who is smaller.</summary>
public sealed class FaceSurveyTests(FaceSurveyTests.TwoFaces video) : IClassFixture<FaceSurveyTests.TwoFaces>
{
    private static readonly LipSyncPipeline Pipeline = LipSyncPipeline.Create();

    [SkippableFact]
    public async Task SurveyFaces_TwoFaces_TellsWhereEachIsAndPicturesIt()
    {
        var survey = await video.Survey(FaceChoice.Largest);

        Assert.Equal([0, 1], survey.Faces.Select(face => face.Track));
        Assert.Equal([0, 1], survey.Faces.Select(face => face.Person).Order());
        Assert.Single(survey.Faces, face => face.Box.X + (face.Box.Width / 2) < 0.5);
        Assert.All(survey.Faces, face =>
        {
            Assert.InRange(face.BestFrame, face.FirstFrame, face.LastFrame);
            Assert.InRange(face.FramesSeen, 40, 50);
        });
        Assert.All(survey.Faces, face => Assert.True(ShowsAFace(face.Picture), $"No face in the picture of track {face.Track}."));
        Assert.Equal((null, 0), (survey.WhyNobody, survey.FramesWithSpeaker));
    }

    [SkippableTheory]
    [InlineData(0.25)]
    [InlineData(0.75)]
    public async Task SurveyFaces_PlaceOfAFace_ChoosesItsTrack(double side)
    {
        var all = await video.Survey(FaceChoice.Largest);
        var wanted = all.Faces.Single(face => Math.Abs(face.Box.X + (face.Box.Width / 2) - side) < 0.25);

        var survey = await video.Survey(new FaceChoice.At((double)wanted.BestFrame / 25, wanted.Box.X + (wanted.Box.Width / 2), wanted.Box.Y + (wanted.Box.Height / 2)));

        Assert.Equal(wanted.Track, survey.SpeakerTrack);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task SurveyFaces_Track_IsWhoWasChosen(int track)
    {
        var survey = await video.Survey(new FaceChoice.Track(track), new FrameMap(SyncMode.Bounce, 50, 80));

        Assert.Equal((track, null, 80), (survey.SpeakerTrack, survey.WhyNobody, survey.FramesWithSpeaker));
    }

    [SkippableFact]
    public async Task SurveyFaces_NobodyMeant_SaysWhy()
    {
        var survey = await video.Survey(new FaceChoice.Track(7));

        Assert.Null(survey.SpeakerTrack);
        Assert.Equal("The video has no face with the id 7; its faces have the ids 0 to 1.", survey.WhyNobody);
        Assert.Equal(2, survey.Faces.Count);
    }

    private static bool ShowsAFace(string path)
    {
        using var picture = Cv2.ImRead(path);
        Assert.Equal((256, 256), (picture.Width, picture.Height));
        using var planes = picture.CvtColor(ColorConversionCodes.BGR2YUV_I420);
        using var frame = new YuvFrame(256, 256);
        planes.AsSpan<byte>().CopyTo(frame.Bytes.Span);
        using var detector = new Faces.Detection.FaceDetector(ModelCatalog.BesideProgram);
        return detector.Detect(frame, small: false).Count > 0;
    }

    /// <summary>The normal video, made once for all tests.</summary>
    public sealed class TwoFaces : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private NormalVideo? info;

        public async Task<FaceSurvey> Survey(FaceChoice face, FrameMap? map = null)
        {
            var (left, right) = (TestMedia.Find("media/dhlive_000002.mp4"), TestMedia.Find("media/latentsync_demo1.mp4"));
            info ??= await Make(left, right);
            return await Pipeline.SurveyFaces(
                new() { Video = folder.File("normal.mp4"), Info = info, Faces = folder.File("faces"), Face = face, Map = map, Folder = folder.Path },
                CancellationToken.None);
        }

        public void Dispose() => folder.Dispose();

        private async Task<NormalVideo> Make(string left, string right)
        {
            await TestVideo.Make(
                "-i {0} -i {1} -filter_complex [0:v]scale=-2:720[a];[1:v]scale=-2:720[b];[a][b]hstack -t 2 -c:v libx264 {2}", left, right, folder.File("source.mp4"));
            var (video, _) = await Pipeline.NormalizeVideo(
                folder.File("source.mp4"), isImage: false, new VideoFormat(480, 25), 30, folder.File("normal.mp4"), folder.File("faces"), progress: null, CancellationToken.None);
            return video;
        }
    }
}
