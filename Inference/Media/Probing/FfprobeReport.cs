using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LipSync.Media.Probing;

/// <summary>The part of ffprobe's JSON that is asked for; everything in it may be missing.</summary>
internal sealed record FfprobeReport(
    FfprobeFormat? Format, IReadOnlyList<FfprobeStream>? Streams, IReadOnlyList<FfprobeFrame>? Frames, IReadOnlyList<FfprobePacket>? Packets)
{
    public const string Entries =
        "format=duration:stream=index,codec_type,codec_name,start_time,width,height,sample_aspect_ratio,pix_fmt,color_space,color_transfer,color_primaries"
        + ",avg_frame_rate,r_frame_rate,sample_rate,channels"
        + ":stream_disposition=default,attached_pic:stream_side_data=rotation";

    /// <summary>In addition, at the price of decoding.</summary>
    public const string FrameEntries = ":frame=width:frame_side_data=rotation";

    private static FfprobeReport None { get; } = new(null, null, null, null);

    /// <summary>Reads what ffprobe wrote; a report without contents where it wrote nothing sensible.</summary>
    public static FfprobeReport Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, FfprobeJson.Default.FfprobeReport) ?? None;
        }
        catch (JsonException)
        {
            // Cut short by a limit: hostile, and refused as a file without streams.
            return None;
        }
    }

    /// <summary>"1.400000" as a number; null where it is none.</summary>
    public static double? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    /// <summary>"16:9" or "30000/1001" as a number; 0 where it is none.</summary>
    public static double Ratio(string? text)
    {
        var parts = (text ?? "").Split(':', '/');
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var numerator)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var denominator)
            && denominator != 0
            ? numerator / denominator
            : 0;
    }
}

internal sealed record FfprobeFormat(string? Duration);

internal sealed record FfprobeStream(
    int Index, string? CodecType, string? CodecName, string? StartTime, int Width, int Height, string? SampleAspectRatio, string? PixFmt,
    string? ColorSpace, string? ColorTransfer, string? ColorPrimaries, string? AvgFrameRate, string? RFrameRate, string? SampleRate, int Channels,
    FfprobeDisposition? Disposition, IReadOnlyList<FfprobeSideData>? SideDataList);

internal sealed record FfprobeDisposition(int Default, int AttachedPic);

internal sealed record FfprobeFrame(IReadOnlyList<FfprobeSideData>? SideDataList);

internal sealed record FfprobePacket(string? PtsTime);

internal sealed record FfprobeSideData(double? Rotation);

[JsonSerializable(typeof(FfprobeReport))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class FfprobeJson : JsonSerializerContext;
