using LipSync.Media.Normalizing;

namespace LipSync.Media;

public sealed class VideoNormalizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("testsrc=size=641x361:rate=30:d=1,format=yuv444p", 480, 852, 480)]
    [InlineData("testsrc=size=361x641:rate=25:d=1,format=yuv444p", 480, 480, 852)]
    [InlineData("testsrc2=size=200x200:rate=25:d=1", 480, 480, 480)]
    [InlineData("testsrc2=size=160x240:rate=25:d=1,setsar=2", 480, 640, 480)]
    public async Task Normalize_AnyShape_HasTheShortSideAndEvenSides(string source, int shortSide, int width, int height)
    {
        await TestVideo.Make("-f lavfi -i {0} -c:v libx264 -qp 10 {1}", source, folder.File("source.mp4"));
        var normal = await Normalize("source.mp4", new VideoFormat(shortSide, 25));
        Assert.Equal(new NormalVideo(width, height, 25, 25), normal);
        await AssertReadable(normal);
    }

    [Theory]
    [InlineData(24, 48)]
    [InlineData(25, 50)]
    [InlineData(30, 60)]
    [InlineData(60, 120)]
    public async Task Normalize_AnyRate_LastsAsLong(int fps, int frames)
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=128x96:rate=30000/1001:d=2 -c:v libx264 {0}", folder.File("source.mp4"));
        Assert.Equal(frames, (await Normalize("source.mp4", new VideoFormat(480, fps))).Frames);
    }

    [Fact]
    public async Task Normalize_VariableRate_ShowsEveryPictureAtItsTime()
    {
        // Frames of 10 fps in the first second, of 50 fps in the second.
        await TestVideo.Make(
            "-f lavfi -i color=black:size=128x96:rate=50:d=2,geq=lum='16+2*N':cb=128:cr=128,select='gte(t,1)+not(mod(n,5))' -fps_mode passthrough -c:v libx264 -qp 0 {0}",
            folder.File("source.mp4"));
        var normal = await Normalize("source.mp4", new VideoFormat(96, 25));
        Assert.Equal(50, normal.Frames);
        var shades = await MeanLuma(normal);
        Assert.Equal(shades[0], shades[1], 2.0);
        Assert.Equal(16 + 2 * 50, shades[25], 3.0);
        Assert.Equal(16 + 2 * 90, shades[45], 3.0);
    }

    [Fact]
    public async Task Normalize_SizeChangesInMidStream_GoesOn()
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=256x192:rate=25:d=2 -c:v libx264 -muxdelay 0 {0}", folder.File("first.ts"));
        await TestVideo.Make("-f lavfi -i testsrc2=size=192x144:rate=25:d=2 -c:v libx264 -output_ts_offset 2 -muxdelay 0 {0}", folder.File("second.ts"));
        await File.WriteAllBytesAsync(
            folder.File("source.ts"), [.. await File.ReadAllBytesAsync(folder.File("first.ts")), .. await File.ReadAllBytesAsync(folder.File("second.ts"))]);

        var normal = await Normalize("source.ts", new VideoFormat(192, 25));

        Assert.Equal((256, 192), (normal.Width, normal.Height));
        Assert.InRange(normal.Frames, 96, 100); // a stream that was cut loses the frames that refer across the cut
        await AssertReadable(normal);
    }

    [Fact]
    public async Task Normalize_Turned_IsUpright()
    {
        await TestVideo.Make("-f lavfi -i color=red:size=128x96:rate=25:d=0.4,drawbox=w=64:color=blue:t=fill -c:v libx264 {0}", folder.File("plain.mp4"));
        await TestVideo.Make("-i {0} -c copy -metadata:s:v rotate=90 {1}", folder.File("plain.mp4"), folder.File("source.mp4"));
        var normal = await Normalize("source.mp4", new VideoFormat(96, 25));
        Assert.Equal((96, 128), (normal.Width, normal.Height));
        using var frame = await First(normal);

        // Blue has the higher U; the display matrix turns counter-clockwise, so that the left half becomes the lower one.
        Assert.True(frame.U[10 * 48 + 24] < 120 && frame.U[54 * 48 + 24] > 200);
    }

    [SkippableFact]
    public async Task Normalize_TurnedAndMirrored_IsBoth()
    {
        // The second file is the first with a display matrix that swaps x and y.
        using var plain = await First(await Normalize(TestMedia.Find("badmedia/real/000_sample.mp4"), new VideoFormat(480, 25)));
        using var swapped = await First(await Normalize(TestMedia.Find("badmedia/real/002_sample_rotate_and_reflect.mp4"), new VideoFormat(480, 25)));
        Assert.Equal((plain.Width, plain.Height), (swapped.Height, swapped.Width));
        var difference = 0L;
        for (var i = 0; i < plain.Y.Length; i++)
        {
            difference += Math.Abs(plain.Y[i] - swapped.Y[i % plain.Width * swapped.Width + i / plain.Width]);
        }

        Assert.InRange((double)difference / plain.Y.Length, 0, 1);
    }

    [Fact]
    public async Task Normalize_LongerThanAllowed_IsCut()
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=128x96:rate=25:d=5 -c:v libx264 {0}", folder.File("source.mp4"));
        var normal = await VideoNormalizer.Normalize(
            folder.File("source.mp4"), isImage: false, new VideoFormat(96, 25), 1.5, folder.File("normal.mp4"), viewer: null, progress: null, CancellationToken.None);
        Assert.Equal(38, normal.Frames);
    }

    [Fact]
    public async Task Normalize_Video_ReportsItsProgress()
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=128x96:rate=25:d=1 -c:v libx264 {0}", folder.File("source.mp4"));
        var progress = new Reports();
        await VideoNormalizer.Normalize(
            folder.File("source.mp4"), isImage: false, new VideoFormat(96, 25), 60, folder.File("normal.mp4"), viewer: null, progress, CancellationToken.None);
        Assert.Equal(1, progress.Values[^1], 6);
        Assert.Equal(progress.Values.Order(), progress.Values);
    }

    [Fact]
    public async Task Normalize_WithAViewer_ShowsItTheFramesThatAreWritten()
    {
        await TestVideo.Make("-f lavfi -i color=black:size=128x96:rate=30:d=2,format=yuv420p,geq=lum='16+3*N':cb=128:cr=128 -c:v libx264 -crf 4 {0}", folder.File("source.mp4"));
        var (seen, size) = (new List<double>(), default(NormalVideo));

        var normal = await VideoNormalizer.Normalize(
            folder.File("source.mp4"), isImage: false, new VideoFormat(96, 25), 1.5, folder.File("normal.mp4"), View, progress: null, CancellationToken.None);

        Assert.Equal((128, 96, 25), (size!.Width, size.Height, size.Fps));
        Assert.Equal(38, normal.Frames);
        var written = await MeanLuma(normal);
        Assert.Equal(written.Count, seen.Count);
        Assert.All(seen.Zip(written), pair => Assert.Equal(pair.First, pair.Second, 0.7));

        async Task View(Func<YuvFrame, CancellationToken, ValueTask<bool>> read, NormalVideo expected)
        {
            size = expected;
            using var frame = new YuvFrame(expected.Width, expected.Height);
            while (await read(frame, CancellationToken.None))
            {
                seen.Add(frame.Y.ToArray().Average(value => value));
            }
        }
    }

    [Fact]
    public async Task Normalize_ViewerFails_LeavesNothingBehind()
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=640x480:rate=25:d=4 -c:v libx264 {0}", folder.File("source.mp4"));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => VideoNormalizer.Normalize(
            folder.File("source.mp4"), isImage: false, new VideoFormat(480, 25), 60, folder.File("normal.mp4"),
            (_, _) => throw new InvalidOperationException("It can't see."), progress: null, CancellationToken.None));

        Assert.Equal("It can't see.", failure.Message);
        Assert.Equal(["source.mp4"], Directory.EnumerateFileSystemEntries(folder.File("."), "*").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    [InlineData("bmp")]
    public async Task Normalize_Picture_IsOneFrame(string extension)
    {
        await TestVideo.Make("-f lavfi -i testsrc=size=301x200 -frames:v 1 {0}", folder.File($"source.{extension}"));
        var normal = await Normalize($"source.{extension}", new VideoFormat(480, 30), isImage: true);
        Assert.Equal(new NormalVideo(722, 480, 30, 1), normal);
        await AssertReadable(normal);
    }

    [Fact]
    public async Task Normalize_TransparentPicture_LiesOnWhite()
    {
        await TestVideo.Make("-f lavfi -i color=black@0.0:size=128x96,format=rgba -frames:v 1 {0}", folder.File("source.png"));
        using var frame = await First(await Normalize("source.png", new VideoFormat(96, 25), isImage: true));
        Assert.InRange(frame.Y[50 * 128 + 50], 233, 236);
    }

    [Fact]
    public async Task Normalize_PictureAsVideo_SaysWhereItBelongs()
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=128x96 -frames:v 1 {0}", folder.File("source.png"));
        var refusal = await Assert.ThrowsAsync<MediaRefusedException>(() => Normalize("source.png", new VideoFormat(96, 25)));
        Assert.Equal("no_video_stream", refusal.Code);
        Assert.Contains("imageUrl", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Normalize_VideoAsPicture_SaysWhereItBelongs()
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=128x96:rate=25:d=1 -c:v libx264 {0}", folder.File("source.mp4"));
        var refusal = await Assert.ThrowsAsync<MediaRefusedException>(() => Normalize("source.mp4", new VideoFormat(96, 25), isImage: true));
        Assert.Contains("videoUrl", refusal.Message, StringComparison.Ordinal);
    }

    private Task<NormalVideo> Normalize(string source, VideoFormat format, bool isImage = false) =>
        VideoNormalizer.Normalize(folder.File(source), isImage, format, 60, folder.File("normal.mp4"), viewer: null, progress: null, CancellationToken.None);

    private async Task AssertReadable(NormalVideo normal)
    {
        var frames = await TestVideo.Frames(folder.File("normal.mp4"));
        Assert.Equal(normal.Frames, frames.Count);
        Assert.Equal(0, frames[0].Time);
        Assert.Equal((normal.Frames - 1) * 512, frames[^1].Time); // 512 ticks a frame: no gap and no jump
        using var last = new YuvFrame(normal.Width, normal.Height);
        await using var reader = FrameReader.Open(folder.File("normal.mp4"), normal, normal.Frames - 1, 1);
        Assert.True(await reader.Read(last, CancellationToken.None));
    }

    private async Task<YuvFrame> First(NormalVideo normal)
    {
        var frame = new YuvFrame(normal.Width, normal.Height);
        await using var reader = FrameReader.Open(folder.File("normal.mp4"), normal, 0, 1);
        Assert.True(await reader.Read(frame, CancellationToken.None));
        return frame;
    }

    private async Task<List<double>> MeanLuma(NormalVideo normal)
    {
        List<double> means = [];
        using var frame = new YuvFrame(normal.Width, normal.Height);
        await using var reader = FrameReader.Open(folder.File("normal.mp4"), normal, 0, normal.Frames);
        while (await reader.Read(frame, CancellationToken.None))
        {
            means.Add(frame.Y.ToArray().Average(value => value));
        }

        return means;
    }

    private sealed class Reports : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
