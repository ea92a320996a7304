namespace LipSync.Media.Probing;

/// <summary>Which of a file's streams is used.</summary>
internal static class StreamSelector
{
    public static VideoStream? Video(IEnumerable<FfprobeStream> streams, IReadOnlyList<FfprobeFrame>? frames) => streams
        .Where(stream => stream is { CodecType: "video", Disposition: not { AttachedPic: not 0 } })
        .OrderByDescending(stream => stream.Disposition?.Default ?? 0)
        .ThenByDescending(stream => (long)stream.Width * stream.Height)
        .Select(stream => ToVideo(stream, frames))
        .FirstOrDefault();

    private static VideoStream ToVideo(FfprobeStream stream, IReadOnlyList<FfprobeFrame>? frames)
    {
        var rotation = (stream.SideDataList ?? []).Concat(frames is [var first, ..] ? first.SideDataList ?? [] : [])
            .Select(data => data.Rotation).FirstOrDefault(angle => angle is not null) ?? 0;
        var pixelShape = FfprobeReport.Ratio(stream.SampleAspectRatio) is > 0 and var ratio ? ratio : 1;
        var (width, height) = ((int)Math.Round(Math.Min(stream.Width * pixelShape, int.MaxValue)), stream.Height);
        var (shownWidth, shownHeight) = Math.Abs(Math.Round(rotation / 90)) % 2 == 1 ? (height, width) : (width, height);
        var frameRate = FfprobeReport.Ratio(stream.AvgFrameRate) is > 0 and var average ? average : FfprobeReport.Ratio(stream.RFrameRate);
        return new VideoStream(
            stream.Index, stream.CodecName ?? "", shownWidth, shownHeight, stream.PixFmt ?? "",
            Known(stream.ColorSpace), Known(stream.ColorTransfer), Known(stream.ColorPrimaries), FfprobeReport.Seconds(stream.StartTime) ?? 0,
            Clockwise(rotation), frameRate);
    }

    public static AudioStream? Audio(IEnumerable<FfprobeStream> streams) => streams
        .Where(stream => stream.CodecType == "audio")
        .OrderByDescending(stream => stream.Disposition?.Default ?? 0)
        .Select(stream => new AudioStream(stream.Index, stream.CodecName ?? "", (int)(FfprobeReport.Seconds(stream.SampleRate) ?? 0), stream.Channels))
        .FirstOrDefault();

    /// <summary>ffprobe counts counter-clockwise, from -180 to 180.</summary>
    private static int Clockwise(double rotation) => (360 + ((int)Math.Round(-rotation / 90) * 90 % 360)) % 360;

    private static string? Known(string? value) => value is "unknown" or "reserved" ? null : value;
}
