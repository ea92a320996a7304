using System.Globalization;

namespace LipSync.Media;

/// <summary>The product's two ways to encode H.264, as ffmpeg output arguments. Every chunk of every job uses the same.</summary>
internal static class VideoEncoding
{
    private const int TicksPerFrame = 512;

    /// <summary>
    /// What customers get. Without B-frames every frame's decoding time is its presentation time, so that joined pieces need no
    /// edit lists and their timestamps stay exact; the fixed thread count makes the same frames the same bytes on any machine.
    /// </summary>
    public static IReadOnlyList<string> Delivery { get; } =
        ["-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-bf", "0", "-g", Gop(FrameWriter.SegmentFrames), "-sc_threshold", "0", "-threads", "2", .. Colours];

    /// <summary>
    /// The normal video: near lossless (51 dB and more), quick to write, quick to read, which is done twice and more, and quick to enter at any frame.
    /// </summary>
    public static IReadOnlyList<string> Normal { get; } =
        ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "12", "-bf", "0", "-g", Gop(VideoFormat.KeyFrameInterval), "-sc_threshold", "0", "-threads", "2", .. Colours];

    private static IReadOnlyList<string> Colours =>
        ["-pix_fmt", "yuv420p", "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"];

    /// <summary>A time base in which every frame of a constant rate has a whole number of ticks.</summary>
    public static IEnumerable<string> Track(int fps) => ["-video_track_timescale", (fps * TicksPerFrame).ToString(CultureInfo.InvariantCulture)];

    /// <summary>
    /// Passes joined video on with every frame at its own number's time: the joiner adds up file lengths rounded to
    /// milliseconds, which drift at rates like 30. Right only without B-frames.
    /// </summary>
    public static IEnumerable<string> Joined(int fps) =>
    [
        "-c:v", "copy", .. Track(fps), "-bsf:v", string.Create(CultureInfo.InvariantCulture, $"setts=ts=N*{TicksPerFrame}:duration={TicksPerFrame}"),
    ];

    private static string Gop(int frames) => frames.ToString(CultureInfo.InvariantCulture);
}
