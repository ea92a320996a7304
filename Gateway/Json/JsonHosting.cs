using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LipSync.Gateway.Json;

public static class JsonHosting
{
    /// <summary>Enums travel as lower snake case words: <c>cut_off</c>.</summary>
    public static JsonConverter Enums { get; } = new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

    private static readonly JsonSerializerOptions EnumOptions = new() { Converters = { Enums } };

    public static IServiceCollection AddApiJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(options =>
    {
        var json = options.SerializerOptions;
        json.Converters.Add(Enums);
        json.Converters.Add(new UtcTimestamp());
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.NumberHandling = JsonNumberHandling.Strict;
        // Answers are never embedded in HTML, and signed links are readable with a plain "&".
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    });

    /// <summary>The words an enum may be given as.</summary>
    public static IEnumerable<string> NamesOf(Type type) => Enum.GetValuesAsUnderlyingType(type)
        .Cast<object>()
        .Select(value => JsonSerializer.Serialize(Enum.ToObject(type, value), type, EnumOptions).Trim('"'));
}
