using System.Globalization;
using LipSync.Media.Probing;

namespace LipSync.Media.Normalizing;

/// <summary>The ffmpeg filters that make any picture normal: upright (ffmpeg turns it by itself), scaled, 8-bit BT.709, evenly timed.</summary>
internal static class VideoFilter
{
    private const string ToNormal = "out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p";

    /// <summary>The size of the normal video: the shorter side as wanted, the other by the picture's shape, both even.</summary>
    public static (int Width, int Height) Size(VideoStream video, int shortSide)
    {
        var shape = (double)Math.Max(video.Width, video.Height) / Math.Min(video.Width, video.Height);
        var longSide = 2 * (int)Math.Round(shortSide * shape / 2, MidpointRounding.AwayFromZero);
        return video.Width < video.Height ? (shortSide, longSide) : (longSide, shortSide);
    }

    /// <summary>Frames are scaled before they are repeated or dropped, so that a change of size in mid stream meets the scaler only.</summary>
    public static string ForVideo(VideoStream video, int width, int height, int fps)
    {
        var colours = video switch
        {
            { IsHdr: true } => $"{Scale(width, height)},{ToneMap(video)},setsar=1,format=yuv420p",
            _ when OtherMatrix(video) is { } matrix => $"{Scale(width, height)},{FromMatrix(matrix, video.IsWideGamut)},setsar=1,format=yuv420p",
            _ => $"{Scale(width, height)}:in_color_matrix={(video.ColorSpace is null && !IsRgb(video) ? "bt709" : "auto")}:{ToNormal}",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{colours},setpts=PTS-STARTPTS,fps={fps}");
    }

    /// <summary>Transparent parts become white.</summary>
    public static string ForPicture(int width, int height) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scale(width, height)},format=rgba[picture];color=white:size={width}x{height},format=rgba[ground];[ground][picture]overlay=format=gbrp,scale={ToNormal}");

    private static string Scale(int width, int height) =>
        string.Create(CultureInfo.InvariantCulture, $"scale={width}:{height}:flags=bicubic");

    // Null for BT.709, for RGB, and for matrices that are left to the scaler. Where a file doesn't say, what players assume: BT.601
    // for standard definition.
    private static string? OtherMatrix(VideoStream video) => video switch
    {
        { ColorSpace: "bt470bg" or "smpte170m" or "fcc" } => "smpte170m",
        { ColorSpace: "smpte240m" or "bt2020nc" } => video.ColorSpace,
        { ColorSpace: null } when !IsRgb(video) && Math.Min(video.Width, video.Height) < 720 => "smpte170m",
        { IsWideGamut: true } => video.ColorSpace ?? "bt2020nc",
        _ => null,
    };

    private static bool IsRgb(VideoStream video) =>
        video.PixelFormat.Contains("rgb", StringComparison.Ordinal) || video.PixelFormat.Contains("bgr", StringComparison.Ordinal) || video.PixelFormat.Contains("gbr", StringComparison.Ordinal);

    // The scaler is two steps off after a change of matrix, and knows no primaries. The curve of BT.2020 for standard range is that of
    // BT.709 (ITU-R BT.2020-2, table 4); the primaries of BT.601 are so near that players show them as BT.709's.
    private static string FromMatrix(string matrix, bool isWideGamut) =>
        $"zscale=min={matrix}:pin={(isWideGamut ? "bt2020" : "bt709")}:tin=bt709:m=bt709:p=bt709:t=bt709:r=tv";

    // Linear light at 100 nits for white, then Hable's curve; primaries to BT.709 before it, or colours shift.
    private static string ToneMap(VideoStream video) =>
        $"zscale=tin={video.ColorTransfer}:pin=bt2020:min=bt2020nc:rin=tv:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,"
        + "tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv";
}
