using System.Globalization;
using LipSync.Media.Ffmpeg;

namespace LipSync.Media.Probing;

/// <summary>Looks at a customer's file before it is decoded, and refuses what cannot be used. Never opens anything but that file.</summary>
public static class MediaProbe
{
    private const long MaxVideoPixels = 4096 * 4096;
    private const long MaxPicturePixels = 50_000_000;

    // More than is accepted, so that a too large picture still tells its size.
    private const long MaxProbedPixels = 16384 * 8192;
    private const int MaxReportBytes = 1 << 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>The file's streams, fit for the role.</summary>
    /// <exception cref="MediaRefusedException">The file cannot be used in this role.</exception>
    public static async Task<MediaFacts> Probe(string source, MediaRole role, CancellationToken cancellationToken)
    {
        source = Path.GetFullPath(source);
        await using var file = File.OpenRead(source);
        var container = await MediaSniffer.Sniff(file, role, cancellationToken);
        var boxes = container == Container.IsoBaseMedia ? await IsoBoxes.Read(file, cancellationToken) : IsoBoxes.None;
        if (boxes.Encrypted)
        {
            throw Refusal.Encrypted(role);
        }

        var report = await RunFfprobe(source, container, EntriesOf(container), cancellationToken);
        if (report.Streams is not { Count: > 0 } streams)
        {
            throw boxes.CutShort ? Refusal.Truncated(role) : Refusal.Damaged(role);
        }

        var facts = new MediaFacts(
            container,
            FfprobeReport.Seconds(report.Format?.Duration) is > 0 and var seconds ? seconds : null,
            boxes.CutShort || boxes.WithoutMedia,
            StreamSelector.Video(streams, report.Frames),
            StreamSelector.Audio(streams));
        Require(facts, role);
        return facts;
    }

    /// <summary>The arguments that open the file, and it alone, within limits.</summary>
    internal static IEnumerable<string> Input(string source, Container container, long maxPixels = MaxPicturePixels) =>
    [
        "-protocol_whitelist", "file",
        "-max_alloc", (512 << 20).ToString(CultureInfo.InvariantCulture),
        "-max_pixels", maxPixels.ToString(CultureInfo.InvariantCulture),
        "-threads", "2", "-f", container.Demuxer, "-i", Path.GetFullPath(source),
    ];

    // A picture's orientation is known from its decoded frame only.
    private static string[] EntriesOf(Container container) => container.IsPicture
        ? ["-show_entries", FfprobeReport.Entries + FfprobeReport.FrameEntries, "-read_intervals", "%+#1"]
        : ["-show_entries", FfprobeReport.Entries];

    /// <summary>Runs ffprobe on a customer's file, within limits.</summary>
    /// <param name="entries">The arguments that say what it shall tell.</param>
    internal static async Task<FfprobeReport> RunFfprobe(string source, Container container, string[] entries, CancellationToken cancellationToken)
    {
        await using var process = FfmpegProcess.Start(
            FfmpegCommand.Ffprobe(
                [.. entries, .. Input(source, container, MaxProbedPixels)],
                new Confinement(source, OutputFolder: null, Timeout)),
            cancellationToken);
        process.Input.Close();
        var json = new byte[MaxReportBytes];
        var length = await process.Output.ReadAtLeastAsync(json, json.Length, throwOnEndOfStream: false, CancellationToken.None);
        var (code, errors) = await process.WaitForExit(cancellationToken);
        return process.TimedOut || new FfmpegException("ffprobe", code, errors) is not { WasKilled: true } killed
            ? FfprobeReport.Parse(json.AsSpan(0, length))
            : throw killed;
    }

    private static void Require(MediaFacts facts, MediaRole role)
    {
        if (role == MediaRole.Speech)
        {
            var audio = facts.Audio ?? throw Refusal.NoAudioStream();
            if (audio.Codec is "")
            {
                throw Refusal.UnsupportedCodec(role);
            }

            return;
        }

        var video = facts.Video ?? throw Refusal.NoVideoStream();
        if (video.Codec is "")
        {
            throw Refusal.UnsupportedCodec(role);
        }

        var (width, height) = (video.Width, video.Height);
        if (width <= 0 || height <= 0)
        {
            throw facts.Truncated ? Refusal.Truncated(role) : Refusal.Damaged(role);
        }

        if ((long)width * height > (role == MediaRole.Picture ? MaxPicturePixels : MaxVideoPixels))
        {
            throw Refusal.TooLarge(role, width, height);
        }

        var (shorter, longer) = (Math.Min(width, height), Math.Max(width, height));
        if (shorter < 64 || longer > 4L * shorter)
        {
            throw Refusal.TooSmall(role, width, height);
        }
    }
}
