using LipSync.Media;
using LipSync.Media.Probing;

namespace LipSync.Inspection;

public sealed class SourceExaminerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("real/002_sample_rotate_and_reflect.mp4", 720, 1080, 90, 29.97, false, false)]
    [InlineData("real/018_hdr10-av1.mp4", 720, 1280, 0, 29.97, false, true)]
    [InlineData("real/019_hlg10-color-test.mp4", 1920, 1080, 0, 29.99, false, true)]
    [InlineData("real/022_sample_android_slow_motion.mp4", 1280, 720, 0, 13.325, true, false)]
    [InlineData("real/065_nasa_13013_rotated.mp4", 270, 480, 270, 29.97, false, false)]
    [InlineData("real/080_video_270.mov", 320, 568, 270, 30, false, false)]
    [InlineData("real/101_portrait.MOV", 320, 568, 90, 29.976, false, false)]
    public async Task Examine_Video_TellsItAsItIsShown(string file, int width, int height, int rotation, double frameRate, bool varies, bool hdr)
    {
        var facts = await SourceExaminer.Examine(TestMedia.Find($"badmedia/{file}"), MediaRole.Video, CancellationToken.None);

        var video = facts.Video!;
        Assert.Equal(
            (width, height, rotation, frameRate, varies, hdr),
            (video.Width, video.Height, video.Rotation, video.FrameRate, video.VariableFrameRate, video.Hdr));
    }

    [Fact]
    public async Task Examine_VideoWithSound_TellsBothAndItsLength()
    {
        await TestVideo.Make(
            "-f lavfi -i testsrc2=size=320x240:rate=30 -f lavfi -i sine=sample_rate=22050 -t 2 -ac 1 -c:v libx264 -c:a aac {0}", folder.File("a.mp4"));

        var facts = await SourceExaminer.Examine(folder.File("a.mp4"), MediaRole.Video, CancellationToken.None);

        Assert.Equal(new PictureFacts("h264", 320, 240, 0, 30, VariableFrameRate: false, Hdr: false), facts.Video);
        Assert.Equal(new SoundFacts("aac", 22050, 1), facts.Audio);
        Assert.InRange(facts.HeaderSeconds!.Value, 1.95, 2.1);
    }

    [Fact]
    public async Task Examine_FramesLeftOut_AreSeen()
    {
        // Every third frame is gone: some are shown twice as long as others.
        await TestVideo.Make("-f lavfi -i testsrc2=size=320x240:rate=30 -t 2 -vf select=mod(n\\,3) -fps_mode vfr -c:v libx264 {0}", folder.File("a.mp4"));

        var facts = await SourceExaminer.Examine(folder.File("a.mp4"), MediaRole.Video, CancellationToken.None);

        Assert.True(facts.Video!.VariableFrameRate);
    }

    [Fact]
    public async Task Examine_CoarseClockOfMatroska_IsNoVariableRate()
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=320x240:rate=30000/1001 -t 2 -c:v libx264 {0}", folder.File("a.mkv"));

        var facts = await SourceExaminer.Examine(folder.File("a.mkv"), MediaRole.Video, CancellationToken.None);

        Assert.Equal((false, 29.97), (facts.Video!.VariableFrameRate, facts.Video.FrameRate));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(false, 0.0, 0.04)]
    [InlineData(false, 0.0, 0.033, 0.067, 0.1)]
    [InlineData(true, 0.0, 0.04, 0.08, 0.16, 0.2)]
    public void Vary_Times_TellsClearDifferencesOnly(bool expected, params double[] times) => Assert.Equal(expected, FrameTimes.Vary(times));

    [Fact]
    public async Task Examine_WrongRole_IsRefused()
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=320x240 -t 1 -c:v libx264 {0}", folder.File("a.mp4"));

        var refusal = await Assert.ThrowsAsync<MediaRefusedException>(
            () => SourceExaminer.Examine(folder.File("a.mp4"), MediaRole.Speech, CancellationToken.None));

        Assert.Equal("no_audio_stream", refusal.Code);
    }
}
