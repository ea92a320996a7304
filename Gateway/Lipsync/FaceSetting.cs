using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Gateway.Json;
using LipSync.Jobs;

namespace LipSync.Gateway.Lipsync;

/// <summary>
/// Whose face speaks. <c>auto</c>: the one whose mouth moves with the video's own sound, else the largest. <c>largest</c>: the largest
/// over the whole video. An object with <c>time</c> (seconds of the source video), <c>x</c> and <c>y</c> (0 to 1 of the picture's width and height, from its
/// upper left corner): the one at that place. An object with <c>trackId</c>: the one that an analysis of the same video gave this number.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed record FaceSetting
{
    private const string Choices = "must be \"auto\", \"largest\", {\"time\", \"x\", \"y\"} or {\"trackId\"}.";

    private JsonElement Json { get; init; }

    /// <summary>Null: auto, or nothing that can be used, which is noted.</summary>
    public FaceSelection? Read(string field, FieldErrors errors)
    {
        if (Json.ValueKind == JsonValueKind.String && Json.GetString() is "auto" or "largest")
        {
            return Json.ValueEquals("largest") ? new LargestFace() : null;
        }

        var members = Json.ValueKind == JsonValueKind.Object ? Json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal).ToArray() : [];
        switch (members)
        {
            case ["trackId"]:
                return ReadTrack($"{field}.trackId", errors);
            case ["time", "x", "y"]:
                return ReadPlace(field, errors);
            default:
                errors.Invalid(field, Choices);
                return null;
        }
    }

    private FaceOfTrack? ReadTrack(string field, FieldErrors errors)
    {
        if (Json.GetProperty("trackId") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var id) && id >= 0)
        {
            return new(id);
        }

        errors.Invalid(field, "must be a whole number from 0.");
        return null;
    }

    private FaceAt? ReadPlace(string field, FieldErrors errors)
    {
        var time = ReadNumber("time", double.MaxValue);
        var (x, y) = (ReadNumber("x", 1), ReadNumber("y", 1));
        if (time is null)
        {
            errors.Invalid($"{field}.time", "must be seconds of the source video, from 0.");
        }

        foreach (var (name, value) in new[] { ("x", x), ("y", y) })
        {
            if (value is null)
            {
                errors.Invalid($"{field}.{name}", "must be a number from 0 to 1, a share of the picture.");
            }
        }

        return time is { } at && x is { } across && y is { } down ? new(at, across, down) : null;
    }

    private double? ReadNumber(string name, double highest) =>
        Json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && value >= 0 && value <= highest ? value : null;

    internal sealed class Converter : JsonConverter<FaceSetting>
    {
        public override FaceSetting Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new() { Json = JsonElement.ParseValue(ref reader) };

        public override void Write(Utf8JsonWriter writer, FaceSetting value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Requests are only read.");
    }
}
