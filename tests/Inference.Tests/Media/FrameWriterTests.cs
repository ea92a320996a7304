using LipSync.Media.Ffmpeg;

namespace LipSync.Media;

public sealed class FrameWriterTests : IDisposable
{
    private const int Fps = 25;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(FrameWriter.SegmentFrames)]
    [InlineData(2 * FrameWriter.SegmentFrames)]
    public async Task Write_AnyChunkLength_DecodesToTheSameFrames(int chunkFrames)
    {
        const int Frames = 275;
        var whole = folder.File("whole.mp4");
        await TestVideo.WriteChunk(whole, 96, 64, Fps, 0, Frames);

        List<string> hashes = [];
        for (var first = 0; first < Frames; first += chunkFrames)
        {
            var chunk = folder.File($"{first}.mp4");
            await TestVideo.WriteChunk(chunk, 96, 64, Fps, first, Math.Min(chunkFrames, Frames - first));
            hashes.AddRange((await TestVideo.Frames(chunk)).Select(frame => frame.Hash));
        }

        var expected = (await TestVideo.Frames(whole)).Select(frame => frame.Hash).ToList();
        Assert.Equal(Frames, expected.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(expected, hashes);
    }

    [Fact]
    public async Task Write_SameFramesTwice_GivesTheSameBytes()
    {
        await TestVideo.WriteChunk(folder.File("a.mp4"), 96, 64, Fps, 0, 60);
        await TestVideo.WriteChunk(folder.File("b.mp4"), 96, 64, Fps, 0, 60);
        Assert.Equal(await File.ReadAllBytesAsync(folder.File("a.mp4")), await File.ReadAllBytesAsync(folder.File("b.mp4")));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task Write_ManySegments_KeepsEveryTimestamp(int fps)
    {
        var path = folder.File("long.mp4");
        await TestVideo.WriteChunk(path, 16, 16, fps, 0, 501);
        var times = (await TestVideo.Frames(path)).Select(frame => frame.Time).ToList();
        Assert.Equal(Enumerable.Range(0, 501).Select(number => number * (times[1] - times[0])), times);
    }

    [Fact]
    public async Task Finish_Done_LeavesTheChunkOnly()
    {
        await TestVideo.WriteChunk(folder.File("chunk.mp4"), 32, 32, Fps, 0, 3);
        Assert.Equal(folder.File("chunk.mp4"), Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path)));
    }

    [Fact]
    public async Task Dispose_WithoutFinish_LeavesNothing()
    {
        using var frame = new YuvFrame(32, 32);
        await using (var writer = FrameWriter.Open(folder.File("chunk.mp4"), 32, 32, Fps))
        {
            for (var number = 0; number < FrameWriter.SegmentFrames + 5; number++)
            {
                TestVideo.Paint(frame, number);
                await writer.Write(frame, CancellationToken.None);
            }
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Finish_WithoutFrames_Throws()
    {
        await using var writer = FrameWriter.Open(folder.File("chunk.mp4"), 32, 32, Fps);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.Finish(CancellationToken.None));
    }

    [Fact]
    public async Task Write_EncoderFails_SaysWhy()
    {
        using var frame = new YuvFrame(32, 32);
        await using var writer = FrameWriter.Open(folder.File("chunk.mp4"), 32, 32, Fps);
        Directory.Delete(Directory.EnumerateDirectories(folder.Path).Single(), recursive: true);
        var failure = await Assert.ThrowsAsync<FfmpegException>(async () =>
        {
            await writer.Write(frame, CancellationToken.None);
            await writer.Finish(CancellationToken.None);
        });
        Assert.Contains("No such file", failure.Errors, StringComparison.Ordinal);
    }
}
