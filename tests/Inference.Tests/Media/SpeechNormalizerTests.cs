using LipSync.Speech;
using LipSync.Media.Normalizing;

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
        await TestVideo.Make(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-f lavfi -i sine=frequency=440:d={seconds} {{0}}"), folder.File("short.wav"));
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
}
