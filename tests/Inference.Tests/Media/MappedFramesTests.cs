namespace LipSync.Media;

public sealed class MappedFramesTests : IAsyncLifetime, IDisposable
{
    private static readonly NormalVideo Info = new(48, 32, 25, 130);
    private readonly TemporaryFolder folder = new();
    private string video = "";
    private List<byte[]> expected = [];

    public async Task InitializeAsync()
    {
        video = folder.File("video.mp4");
        await TestVideo.WriteChunk(video, Info.Width, Info.Height, Info.Fps, 0, Info.Frames);
        expected = await ReadAll(0, Info.Frames);
        Assert.Equal(Info.Frames, expected.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(77)]
    [InlineData(129)]
    public async Task FrameReader_AnyStart_ReadsExactlyThoseFrames(int first)
    {
        var count = Math.Min(5, Info.Frames - first);
        Assert.Equal(expected.GetRange(first, count), await ReadAll(first, count));
    }

    [Fact]
    public void FrameReader_BeyondTheEnd_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameReader.Open(video, Info, 128, 3));

    [Theory]
    [InlineData(SyncMode.Bounce, 16, 0, 400)]
    [InlineData(SyncMode.Bounce, 16, 120, 60)]
    [InlineData(SyncMode.Bounce, 16, 150, 50)]
    [InlineData(SyncMode.Loop, 11, 100, 150)]
    [InlineData(SyncMode.Remap, 16, 0, 400)]
    [InlineData(SyncMode.Remap, 1, 0, 25)]
    [InlineData(SyncMode.Remap, 0.2, 0, 5)]
    [InlineData(SyncMode.CutOff, 4, 50, 50)]
    [InlineData(SyncMode.Silence, 7, 100, 75)]
    public async Task Read_AnyMode_GivesTheMappedFrames(SyncMode mode, double seconds, int first, int count)
    {
        var map = FrameMap.For(mode, Info.Frames, seconds, Info.Fps);
        await using var frames = MappedFrames.Open(video, Info, map, first, count);
        using var frame = new YuvFrame(Info.Width, Info.Height);
        for (var output = first; output < first + count; output++)
        {
            Assert.True(await frames.Read(frame, CancellationToken.None));
            Assert.True(frame.Bytes.Span.SequenceEqual(expected[map.SourceOf(output)]), $"output frame {output}");
        }

        Assert.False(await frames.Read(frame, CancellationToken.None));
    }

    [Fact]
    public async Task Read_Still_RepeatsIt()
    {
        var still = Info with { Frames = 1 };
        var map = FrameMap.For(SyncMode.Bounce, 1, 2, Info.Fps);
        await using var frames = MappedFrames.Open(video, still, map, 10, 40);
        using var frame = new YuvFrame(Info.Width, Info.Height);
        var read = 0;
        while (await frames.Read(frame, CancellationToken.None))
        {
            Assert.True(frame.Bytes.Span.SequenceEqual(expected[0]));
            read++;
        }

        Assert.Equal(40, read);
    }

    private async Task<List<byte[]>> ReadAll(int first, int count)
    {
        List<byte[]> frames = [];
        await using var reader = FrameReader.Open(video, Info, first, count);
        using var frame = new YuvFrame(Info.Width, Info.Height);
        while (await reader.Read(frame, CancellationToken.None))
        {
            frames.Add(frame.Bytes.ToArray());
        }

        return frames;
    }
}
