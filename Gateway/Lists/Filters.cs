using System.Text.Json.Nodes;
using LipSync.Gateway.Json;
using Microsoft.OpenApi;

namespace LipSync.Gateway.Lists;

/// <summary>What a list's query may hold beside its page.</summary>
public static class Filters
{
    /// <summary>Names every parameter that this request doesn't have: a misspelt filter must not answer everything.</summary>
    public static void RefuseUnknown(HttpRequest request, FieldErrors errors, params IReadOnlyList<string> known)
    {
        foreach (var name in request.Query.Keys.Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            errors.Invalid(name, "is not a parameter of this request.");
        }
    }

    /// <summary>One of an enum's words; null where it was not given, or is none of them.</summary>
    public static T? Word<T>(string name, string? text, FieldErrors errors)
        where T : struct, Enum
    {
        var words = JsonHosting.NamesOf(typeof(T)).ToList();
        if (text is not null && words.IndexOf(text) is >= 0 and var index)
        {
            return Enum.GetValues<T>()[index];
        }

        if (text is not null)
        {
            errors.Invalid(name, $"must be one of {string.Join(", ", words)}.");
        }

        return null;
    }

    /// <summary>Documents the words of a parameter that the route reads with <see cref="Word"/>.</summary>
    public static RouteHandlerBuilder WithWords<T>(this RouteHandlerBuilder route, string name)
        where T : struct, Enum => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        var parameter = operation.Parameters?.OfType<OpenApiParameter>().Single(parameter => parameter.Name == name)
            ?? throw new InvalidOperationException($"The route has no parameter '{name}'.");
        parameter.Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. JsonHosting.NamesOf(typeof(T)).Select(JsonNode (word) => JsonValue.Create(word))],
        };
        return Task.CompletedTask;
    });
}
