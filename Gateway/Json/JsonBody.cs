using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LipSync.Gateway.Errors;

namespace LipSync.Gateway.Json;

/// <summary>Reads a JSON body strictly and says which field is at fault.</summary>
public static class JsonBody
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new EnumWords() },
        MaxDepth = 32,
    };

    public static async Task<Validated<T>> Read<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancellationToken);
            return value is null ? NotAnObject() : value;
        }
        catch (JsonException e) when (e.InnerException is JsonException)
        {
            // The parser's own exception: the text is not JSON, whatever type was wanted.
            return new ApiError(
                RequestErrors.InvalidRequest,
                $"The body is not valid JSON, or deeper than {Strict.MaxDepth} levels: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
        catch (JsonException e)
        {
            return Mismatch(typeof(T), e.Path ?? "$");
        }
    }

    private static ApiError NotAnObject() => new(RequestErrors.InvalidRequest, "The body must be a JSON object.");

    private static ApiError Mismatch(Type root, string path)
    {
        var steps = JsonPath.Split(path);
        if (steps.Count == 0)
        {
            return NotAnObject();
        }

        var field = JsonPath.Join(steps);
        var errors = new FieldErrors();
        switch (TypeOf(root, steps))
        {
            case null:
                errors.Invalid(field, "is not a field of this request.");
                break;
            case { IsEnum: true } words:
                errors.Unsupported(field, $"must be one of {string.Join(", ", JsonHosting.NamesOf(words))}.");
                break;
            case var type:
                errors.Invalid(field, $"must be {Name(type)}, given once.");
                break;
        }

        return errors.ToError()!;
    }

    /// <summary>The type wanted at a path like <c>settings.fps</c> or <c>events[2]</c>; null where the path leads nowhere.</summary>
    private static Type? TypeOf(Type root, IReadOnlyList<string> steps)
    {
        Type? current = root;
        foreach (var step in steps)
        {
            var type = current is null ? null : Strict.GetTypeInfo(current);
            current = type switch
            {
                { Kind: JsonTypeInfoKind.Object } => type.Properties.FirstOrDefault(property => property.Name == step && !property.IsExtensionData)?.PropertyType,
                { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary } => type.ElementType,
                _ => null,
            };
            current = current is null ? null : Nullable.GetUnderlyingType(current) ?? current;
        }

        return current;
    }

    private static string Name(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "a string",
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "true or false",
        TypeCode.Object => Strict.GetTypeInfo(type).Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "a list",
            _ when type == typeof(DateTimeOffset) => "a time in ISO 8601, such as 2026-05-01T12:00:00Z",
            _ => "a value of the documented type",
        },
        _ => "a value of the documented type",
    };
}
