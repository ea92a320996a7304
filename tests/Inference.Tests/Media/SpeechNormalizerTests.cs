using System.Globalization;
using LipSync.Media.Normalizing;
using LipSync.Speech;

namespace LipSync.Media;

public sealed class SpeechNormalizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Normalize_SoundStartsAfterThePicture_KeepsTheDelayAsSilence()
    {
        var source = folder.File("late.mkv");
        await TestVideo.Make(
            "-f lavfi -i testsrc=size=64x64:rate=25:d=2 -itsoffset 0.5 -f lavfi -i sine=frequency=440:d=1 -map 0 -map 1 -c:v libx264 -c:a flac {0}", source);

        var seconds = await Normalize(source);

        Assert.Equal(1.5, seconds, 0.005);
        var samples = await WholeSpeech.Read(folder.File("speech.flac"));
        Assert.Equal(0.5, Array.FindIndex(samples, sample => Math.Abs(sample) > 0.01) / (double)AudioTrack.SampleRate, 0.005);
    }

    [Fact]
    public async Task Normalize_LongerThanAllowed_IsCut()
    {
        await TestVideo.Make("-f lavfi -i sine=frequency=440:d=5 {0}", folder.File("long.wav"));
        Assert.Equal(2.5, await Normalize(folder.File("long.wav"), maxSeconds: 2.5), 6);
    }

    [Theory]
    [InlineData(0.09, false)]
    [InlineData(0.11, true)]
    public async Task Normalize_ShortSound_NeedsATenthOfASecond(double seconds, bool accepted)
    {
        await TestVideo.Make(string.Create(CultureInfo.InvariantCulture, $"-f lavfi -i sine=frequency=440:d={seconds} {{0}}"), folder.File("short.wav"));
        if (accepted)
        {
            Assert.Equal(seconds, await Normalize(folder.File("short.wav")), 3);
            return;
        }

        var refusal = await Assert.ThrowsAsync<MediaRefusedException>(() => Normalize(folder.File("short.wav")));
        Assert.Equal("audio_too_short", refusal.Code);
        Assert.False(File.Exists(folder.File("speech.flac")));
    }

    [Fact]
    public async Task Normalize_VideoWithoutSound_IsRefused()
    {
        await TestVideo.Make("-f lavfi -i testsrc=size=64x64:rate=25:d=1 {0}", folder.File("silent.mp4"));
        Assert.Equal("no_audio_stream", (await Assert.ThrowsAsync<MediaRefusedException>(() => Normalize(folder.File("silent.mp4")))).Code);
    }

    /// <summary>The picture flashes when the sound begins: on one clock they stay together, whichever of the two starts late in the file.</summary>
    [Theory]
    [InlineData("mkv", 0, 0)]
    [InlineData("mkv", 0.4, 0)]
    [InlineData("mkv", 0, 0.4)]
    [InlineData("mp4", 0.4, 0)]
    [InlineData("mp4", 0, 0.4)]
    [InlineData("ts", 0.4, 0)]
    [InlineData("ts", 0, 0.4)]
    public async Task TryNormalizeOwn_OneStreamStartsLate_KeepsSoundAndPictureTogether(string container, double lateSound, double latePicture)
    {
        const double Flash = 1.2;
        var source = folder.File("clip." + container);
        await TestVideo.Make(
            string.Create(CultureInfo.InvariantCulture, $"-itsoffset {latePicture} -f lavfi -i color=black:size=64x64:rate=25:d=2,drawbox=color=white:t=fill:enable='gte(t,{Flash - latePicture})' ")
            + string.Create(CultureInfo.InvariantCulture, $"-itsoffset {lateSound} -f lavfi -i sine=frequency=440:d=2:r=48000,volume=0:enable='lt(t,{Flash - lateSound})' ")
            + "-map 0 -map 1 -c:v libx264 -pix_fmt yuv420p -c:a aac {0}",
            source);

        Assert.True(await SpeechNormalizer.TryNormalizeOwn(source, 60, folder.File("own.flac"), CancellationToken.None));

        var samples = await WholeSpeech.Read(folder.File("own.flac"));
        var heard = Array.FindIndex(samples, sample => Math.Abs(sample) > 0.05) / (double)AudioTrack.SampleRate;
        Assert.Equal(await SecondsOfFlash(source), heard, 0.045);
    }

    [Fact]
    public async Task TryNormalizeOwn_LongerThanAllowed_IsCut()
    {
        await TestVideo.Make("-f lavfi -i testsrc=size=64x64:rate=25:d=4 -f lavfi -i sine=d=4 {0}", folder.File("clip.mp4"));
        Assert.True(await SpeechNormalizer.TryNormalizeOwn(folder.File("clip.mp4"), 2.5, folder.File("own.flac"), CancellationToken.None));
        Assert.Equal(2.5 * AudioTrack.SampleRate, (await WholeSpeech.Read(folder.File("own.flac"))).Length, 2.0);
    }

    [Theory]
    [InlineData("-f lavfi -i testsrc=size=64x64:rate=25:d=1 {0}")]
    [InlineData("-f lavfi -i testsrc=size=64x64:rate=25:d=1 -f lavfi -i sine=d=0.05 {0}")]
    public async Task TryNormalizeOwn_NoUsableSound_IsNoFailure(string make)
    {
        await TestVideo.Make(make, folder.File("clip.mkv"));
        Assert.False(await SpeechNormalizer.TryNormalizeOwn(folder.File("clip.mkv"), 60, folder.File("own.flac"), CancellationToken.None));
        Assert.False(File.Exists(folder.File("own.flac")));
    }

    [SkippableFact]
    public async Task Normalize_RealSpeech_MeasuresItsLength()
    {
        Assert.Equal(11, await Normalize(TestMedia.Find("media/jfk.flac")), 2);
        var samples = await WholeSpeech.Read(folder.File("speech.flac"));
        Assert.Equal(11.0 * AudioTrack.SampleRate, samples.Length, 100.0);
        Assert.InRange(samples.Max(), 0.3f, 1f);
    }

    private Task<double> Normalize(string source, double maxSeconds = 60) =>
        SpeechNormalizer.Normalize(source, maxSeconds, folder.File("speech.flac"), CancellationToken.None);

    /// <summary>When the normal video turns white.</summary>
    private async Task<double> SecondsOfFlash(string source)
    {
        var video = await VideoNormalizer.Normalize(source, isImage: false, new VideoFormat(64, 25), 60, folder.File("normal.mp4"), viewer: null, progress: null, CancellationToken.None);
        await using var reader = FrameReader.Open(folder.File("normal.mp4"), video, 0, video.Frames);
        using var frame = new YuvFrame(video.Width, video.Height);
        for (var number = 0; await reader.Read(frame, CancellationToken.None); number++)
        {
            if (frame.Y[frame.Y.Length / 2] > 128)
            {
                return number / 25.0;
            }
        }

        return double.NaN;
    }
}
