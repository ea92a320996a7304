using LipSync.Speech;
using System.Globalization;
using LipSync.Media.Normalizing;

namespace LipSync.Media;

public sealed class MuxerTests : IDisposable
{
    // A rate whose frames have no whole number of microseconds.
    private const int Fps = 30;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1.0)]
    [InlineData(20.0)]
    public async Task Mux_ManyChunks_HasEveryFrameAtItsTime(double speechSeconds)
    {
        const int Frames = 325;
        var speech = await Speech(speechSeconds);
        List<string> chunks = [];
        for (var first = 0; first < Frames; first += FrameWriter.SegmentFrames)
        {
            chunks.Add(folder.File($"{first:000}.mp4"));
            await TestVideo.WriteChunk(chunks[^1], 32, 32, Fps, first, Math.Min(FrameWriter.SegmentFrames, Frames - first));
        }

        await TestVideo.WriteChunk(folder.File("whole.mp4"), 32, 32, Fps, 0, Frames);
        var output = folder.File("output.mp4");
        await Muxer.Mux(chunks, speech, Frames, Fps, output, CancellationToken.None);

        var expected = await TestVideo.Frames(folder.File("whole.mp4"));
        var actual = await TestVideo.Frames(output);
        Assert.Equal(Frames, actual.Count);
        Assert.Equal(expected, actual);
        Assert.Equal(Enumerable.Range(0, Frames).Select(frame => frame * actual[1].Time), actual.Select(frame => frame.Time));
        var samples = await WholeSpeech.Read(output);
        Assert.InRange(samples.Length - (double)Frames / Fps * AudioTrack.SampleRate, -1024, 1024);
    }

    [Fact]
    public async Task Mux_HundredsOfChunks_DoesNotDrift()
    {
        const int Chunks = 300;
        var speech = await Speech(1);
        var chunk = folder.File("chunk.mp4");
        await TestVideo.WriteChunk(chunk, 16, 16, Fps, 0, FrameWriter.SegmentFrames);
        var output = folder.File("output.mp4");
        await Muxer.Mux([.. Enumerable.Repeat(chunk, Chunks)], speech, Chunks * FrameWriter.SegmentFrames, Fps, output, CancellationToken.None);

        var times = (await TestVideo.Frames(output)).Select(frame => frame.Time).ToList();
        Assert.Equal(Enumerable.Range(0, Chunks * FrameWriter.SegmentFrames).Select(frame => frame * times[1]), times);
    }

    [Fact]
    public async Task Mux_Clicks_StayWhereTheyWere()
    {
        const double Seconds = 4;
        var speech = await Speech(Seconds);
        var chunk = folder.File("chunk.mp4");
        await TestVideo.WriteChunk(chunk, 32, 32, Fps, 0, 120);
        var output = folder.File("output.mp4");
        await Muxer.Mux([chunk], speech, 120, Fps, output, CancellationToken.None);

        var before = await WholeSpeech.Read(speech);
        var after = await WholeSpeech.Read(output);
        Assert.InRange(Lag(before, after), -AudioTrack.SampleRate / 1000, AudioTrack.SampleRate / 1000);
    }

    [Fact]
    public async Task Mux_Done_LeavesTheOutputOnlyWithItsHeaderFirst()
    {
        var speech = await Speech(1);
        var chunk = folder.File("chunk.mp4");
        await TestVideo.WriteChunk(chunk, 32, 32, Fps, 0, 25);
        var output = folder.File("output.mp4");
        await Muxer.Mux([chunk], speech, 25, Fps, output, CancellationToken.None);

        Assert.Empty(Directory.GetDirectories(folder.Path));
        var bytes = await File.ReadAllBytesAsync(output);
        Assert.InRange(bytes.AsSpan().IndexOf("moov"u8), 0, bytes.AsSpan().IndexOf("mdat"u8));
    }

    /// <summary>Short noise bursts at uneven times.</summary>
    private async Task<string> Speech(double seconds)
    {
        var (raw, speech) = (folder.File("raw.wav"), folder.File("speech.flac"));
        var length = seconds.ToString(CultureInfo.InvariantCulture);
        await TestVideo.Make(
            $"-f lavfi -i aevalsrc=exprs='if(lt(mod(t*t,0.7),0.02),random(0)-0.5,0)':s=44100:d={length} {{0}}", raw);
        await SpeechNormalizer.Normalize(raw, 60, speech, CancellationToken.None);
        return speech;
    }

    /// <summary>By how many samples the second track comes later, where the two correlate best.</summary>
    private static int Lag(float[] first, float[] second)
    {
        const int Furthest = AudioTrack.SampleRate / 10;
        return Enumerable.Range(-Furthest, 2 * Furthest + 1).MaxBy(lag =>
        {
            var sum = 0.0;
            for (var i = Furthest; i < Math.Min(first.Length, second.Length) - Furthest; i++)
            {
                sum += first[i] * second[i + lag];
            }

            return sum;
        });
    }
}
