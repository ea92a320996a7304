using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Storage;

namespace LipSync.Steps;

/// <summary>Reports as JSON in the media store, in the form in which customers see them: camelCase, words for enums, no nulls.</summary>
internal static class JsonArtifacts
{
    private const long LargestBytes = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task PutJson<T>(this IMediaStore store, string key, T value, CancellationToken cancellationToken)
        where T : class
    {
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, Options));
        await store.Put(key, json, LargestBytes, cancellationToken);
    }

    /// <exception cref="FileNotFoundException">There is no such artifact.</exception>
    public static async Task<T> GetJson<T>(this IMediaStore store, string key, CancellationToken cancellationToken)
        where T : class
    {
        await using var json = await store.Open(key, cancellationToken) ?? throw new FileNotFoundException("The artifact is gone.", key);
        return await JsonSerializer.DeserializeAsync<T>(json, Options, cancellationToken) ?? throw new InvalidDataException($"{key} holds nothing.");
    }
}
