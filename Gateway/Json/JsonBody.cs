using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LipSync.Gateway.Errors;

namespace LipSync.Gateway.Json;

/// <summary>Reads a JSON body strictly and says which field is at fault.</summary>
public static class JsonBody
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        Converters = { new EnumWords() },
        MaxDepth = 16,
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
                $"The body is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
        catch (JsonException e)
        {
            return Mismatch(typeof(T), e.Path ?? "$");
        }
    }

    private static ApiError NotAnObject() => new(RequestErrors.InvalidRequest, "The body must be a JSON object.");

    private static ApiError Mismatch(Type root, string path)
    {
        if (!path.StartsWith("$.", StringComparison.Ordinal))
        {
            return NotAnObject();
        }

        var field = path[2..];
        var errors = new FieldErrors();
        var type = TypeOf(root, field);
        if (type is { IsEnum: true })
        {
            errors.Unsupported(field, $"must be one of {string.Join(", ", JsonHosting.NamesOf(type))}.");
        }
        else
        {
            errors.Invalid(field, $"must be {Name(type)}, given once.");
        }

        return errors.ToError()!;
    }

    /// <summary>The type wanted at a path like <c>settings.fps</c>; null where the path leads nowhere.</summary>
    private static Type? TypeOf(Type type, string field)
    {
        Type? current = type;
        foreach (var name in field.Split('.'))
        {
            var property = current is null ? null : Strict.GetTypeInfo(current).Properties.FirstOrDefault(property => property.Name == name);
            current = property is null ? null : Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        }

        return current;
    }

    private static string Name(Type? type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "a string",
        TypeCode.Int32 => "a whole number",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "true or false",
        TypeCode.Object when type is not null && Strict.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object => "an object",
        _ => "a value of the documented type",
    };
}
