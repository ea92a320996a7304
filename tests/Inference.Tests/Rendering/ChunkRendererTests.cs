using LipSync.Media;

namespace LipSync.Rendering;

public sealed class ChunkRendererTests : IDisposable
{
    private static readonly NormalVideo Info = new(160, 120, 25, 20);

    private static readonly FrameMap Map = new(SyncMode.Bounce, Info.Frames, 38);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Render_RangeOfABouncingVideo_DrawsEveryFrameOnceIntoItsOwnPicture()
    {
        var renderer = new Marker();
        var progress = new Steps();

        await Render(renderer, first: 12, count: 20, progress);

        Assert.Equal(Enumerable.Range(12, 20), renderer.Frames);
        Assert.Equal(Enumerable.Range(12, 20).Select(Map.SourceOf), renderer.Pictures);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => i / 20.0), progress.Values);
        Assert.Equal(20, (await TestVideo.Frames(folder.File("chunk.mp4"))).Count);
    }

    [Fact]
    public async Task Render_RendererFails_FailsWithItsException()
    {
        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => Render(new Marker { FailsAt = 15 }, first: 12, count: 20, new Steps()));

        Assert.Equal("15", failure.Message);
    }

    /// <summary>A video whose frames tell their numbers by their brightness.</summary>
    private async Task Render(IFrameRenderer renderer, int first, int count, IProgress<double> progress)
    {
        using var frame = new YuvFrame(Info.Width, Info.Height);
        await using (var video = FrameWriter.Open(folder.File("video.mp4"), Info.Width, Info.Height, Info.Fps))
        {
            for (var number = 0; number < Info.Frames; number++)
            {
                frame.Bytes.Span.Fill((byte)(20 + 10 * number));
                await video.Write(frame, CancellationToken.None);
            }

            await video.Finish(CancellationToken.None);
        }

        await using var source = MappedFrames.Open(folder.File("video.mp4"), Info, Map, first, count);
        await using var writer = FrameWriter.Open(folder.File("chunk.mp4"), Info.Width, Info.Height, Info.Fps);
        await ChunkRenderer.Render(source, renderer, writer, Info, first, count, progress, CancellationToken.None);
    }

    private sealed class Marker : IFrameRenderer
    {
        public int? FailsAt { get; init; }

        public List<int> Frames { get; } = [];

        public List<int> Pictures { get; } = [];

        public void Render(int outputFrame, YuvFrame frame)
        {
            if (outputFrame == FailsAt)
            {
                throw new NotSupportedException($"{outputFrame}");
            }

            Frames.Add(outputFrame);
            Pictures.Add((int)Math.Round((frame.Y[0] - 20) / 10.0));
        }

        public void Dispose()
        {
        }
    }

    private sealed class Steps : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
