namespace LipSync.Media.Normalizing;

/// <summary>Whatever a source's bits, range, matrix and subsampling: the normal video's colours are those that the source stands for.</summary>
public sealed class NormalColourTests : IDisposable
{
    // A skin tone and a strong blue.
    private static readonly (int R, int G, int B)[] Patches = [(200, 140, 110), (30, 60, 190)];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("scale=flags=accurate_rnd:out_color_matrix=bt709:out_range=tv,format=yuv420p", "-c:v libx264 -qp 1 -colorspace bt709 -color_range tv")]
    [InlineData("scale=flags=accurate_rnd:out_color_matrix=bt709:out_range=pc,format=yuvj420p", "-c:v libx264 -qp 1 -colorspace bt709 -color_range pc")]
    [InlineData("scale=flags=accurate_rnd:out_color_matrix=bt601:out_range=pc,format=yuvj420p", "-c:v mjpeg -q:v 1 -colorspace bt470bg")]
    [InlineData("scale=flags=accurate_rnd:out_color_matrix=bt601:out_range=tv,format=yuv420p", "-c:v libx264 -qp 1 -colorspace smpte170m -color_range tv")]
    [InlineData("scale=flags=accurate_rnd:out_color_matrix=bt601:out_range=tv,format=yuv420p", "-c:v libx264 -qp 1")]
    [InlineData("scale=flags=accurate_rnd:out_color_matrix=bt709:out_range=tv,format=yuv420p10le", "-c:v libx264 -qp 1 -colorspace bt709 -color_range tv")]
    [InlineData("scale=flags=accurate_rnd:out_color_matrix=bt709:out_range=pc,format=yuv420p10le", "-c:v libx264 -qp 1 -colorspace bt709 -color_range pc")]
    [InlineData("scale=flags=accurate_rnd:out_color_matrix=bt709:out_range=tv,format=yuv422p", "-c:v libx264 -qp 1 -colorspace bt709 -color_range tv")]
    [InlineData("scale=flags=accurate_rnd:out_color_matrix=bt709:out_range=tv,format=yuv444p10le", "-c:v libx264 -qp 1 -colorspace bt709 -color_range tv")]
    [InlineData("format=gbrp", "-c:v libx264rgb -qp 1")]
    [InlineData("zscale=p=bt2020:pin=bt709:t=2020_10:tin=bt709:m=2020_ncl:min=gbr:rin=pc:r=tv,format=yuv420p10le", "-c:v libx264 -qp 1 -colorspace bt2020nc -color_primaries bt2020 -color_trc bt2020-10 -color_range tv")]
    public async Task Normalize_AnyColours_KeepsThem(string conversion, string encoding)
    {
        foreach (var patch in Patches)
        {
            await TestVideo.Make(
                $"-f lavfi -i color=0x{patch.R:x2}{patch.G:x2}{patch.B:x2}:size=128x96:rate=25:d=0.2,format=gbrp,{conversion} {encoding} {{0}}", folder.File("source.mkv"));

            var normal = await VideoNormalizer.Normalize(
                folder.File("source.mkv"), isImage: false, new VideoFormat(96, 25), 10, folder.File("normal.mp4"), viewer: null, progress: null, CancellationToken.None);

            using var frame = new YuvFrame(normal.Width, normal.Height);
            await using var reader = FrameReader.Open(folder.File("normal.mp4"), normal, 0, 1);
            Assert.True(await reader.Read(frame, CancellationToken.None));
            var (y, u, v) = Bt709(patch);
            var seen = (frame.Y[(48 * 128) + 64], frame.U[(24 * 64) + 32], frame.V[(24 * 64) + 32]);
            Assert.True(
                Math.Abs(seen.Item1 - y) <= 2 && Math.Abs(seen.Item2 - u) <= 2 && Math.Abs(seen.Item3 - v) <= 2,
                $"{patch} should be {y:0.0} {u:0.0} {v:0.0}, and is {seen}.");
        }
    }

    [Fact]
    public async Task Normalize_Any_SaysWhatItsColoursAre()
    {
        await TestVideo.Make("-f lavfi -i testsrc2=size=128x96:rate=25:d=0.2 -c:v libx264 -pix_fmt yuv444p10le {0}", folder.File("source.mkv"));
        await VideoNormalizer.Normalize(
            folder.File("source.mkv"), isImage: false, new VideoFormat(96, 25), 10, folder.File("normal.mp4"), viewer: null, progress: null, CancellationToken.None);

        var facts = (await Probing.MediaProbe.Probe(folder.File("normal.mp4"), Probing.MediaRole.Video, CancellationToken.None)).Video!;

        Assert.Equal(("yuv420p", "bt709", "bt709"), (facts.PixelFormat, facts.ColorSpace, facts.ColorTransfer));
    }

    /// <summary>Limited range (ITU-R BT.709-6, 8 bits).</summary>
    private static (double Y, double U, double V) Bt709((int R, int G, int B) patch)
    {
        var (r, g, b) = (patch.R / 255.0, patch.G / 255.0, patch.B / 255.0);
        var luma = (0.2126 * r) + (0.7152 * g) + (0.0722 * b);
        return (16 + (219 * luma), 128 + (224 * (b - luma) / 1.8556), 128 + (224 * (r - luma) / 1.5748));
    }
}
