namespace LipSync.Media.Normalizing;

/// <summary>The source's own timestamps say when a picture is shown, after ten minutes as at the start.</summary>
public sealed class NormalTimeTests : IDisposable
{
    private const int Black = 16;
    private const int Begin = 599;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(30000, 1001, 25)]
    [InlineData(24000, 1001, 25)]
    [InlineData(60000, 1001, 30)]
    [InlineData(24000, 1001, 60)]
    [InlineData(25, 1, 24)]
    public async Task Normalize_TenMinutes_ShowsEveryPictureWithinAFrameOfItsTime(int rate, int scale, int fps)
    {
        // Nothing happens for ten minutes; then brightness tells the time, a step for each hundredth of a second.
        await TestVideo.Make(
            $"-f lavfi -i color=black:size=64x64:rate={rate}/{scale}:d=600,select='lt(t,0.1)+gte(t,{Begin})',geq=lum='{Black}+if(gte(T,{Begin}),1+100*(T-{Begin}),0)':cb=128:cr=128 -fps_mode passthrough -c:v libx264 -preset ultrafast -qp 0 {{0}}",
            folder.File("source.mp4"));

        var normal = await VideoNormalizer.Normalize(
            folder.File("source.mp4"), isImage: false, new VideoFormat(64, fps), 700, folder.File("normal.mp4"), viewer: null, progress: null, CancellationToken.None);

        Assert.InRange(normal.Frames, (600 * fps) - 1, (600 * fps) + 1);
        var first = (Begin * fps) + (fps / 4);
        using var frame = new YuvFrame(normal.Width, normal.Height);
        await using var reader = FrameReader.Open(folder.File("normal.mp4"), normal, first, normal.Frames - first);
        var number = first;
        for (; await reader.Read(frame, CancellationToken.None); number++)
        {
            // A picture stays until the next one; brightness tells its time to a step.
            var told = Begin + ((frame.Y[(32 * 64) + 32] - Black - 1) / 100.0);
            Assert.InRange(told - ((double)number / fps), -((double)scale / rate) - (0.5 / fps) - 0.02, (0.5 / fps) + 0.02);
        }

        Assert.Equal(normal.Frames, number);
    }

    [Theory]
    [InlineData(25, 25)]
    [InlineData(30, 25)]
    [InlineData(24, 60)]
    public async Task Normalize_LastPicture_IsKept(int rate, int fps)
    {
        // 41 frames; the last one is bright.
        await TestVideo.Make(
            $"-f lavfi -i color=black:size=64x64:rate={rate}:d=5,geq=lum='if(eq(N,40),200,50)':cb=128:cr=128 -frames:v 41 -c:v libx264 -preset ultrafast -qp 0 {{0}}",
            folder.File("source.mp4"));

        var normal = await VideoNormalizer.Normalize(
            folder.File("source.mp4"), isImage: false, new VideoFormat(64, fps), 60, folder.File("normal.mp4"), viewer: null, progress: null, CancellationToken.None);

        Assert.InRange(normal.Frames - (41.0 * fps / rate), -1, 1);
        using var frame = new YuvFrame(normal.Width, normal.Height);
        await using var reader = FrameReader.Open(folder.File("normal.mp4"), normal, normal.Frames - 1, 1);
        Assert.True(await reader.Read(frame, CancellationToken.None));
        Assert.InRange(frame.Y[0], 190, 210);
    }
}
