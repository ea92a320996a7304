using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace LipSync.Gateway.OpenApi;

/// <summary>Documents request bodies that a route reads by itself.</summary>
public static class BodyConventions
{
    public static RouteHandlerBuilder WithJsonExample(this RouteHandlerBuilder route, string name, string summary, string json) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var body = operation.RequestBody?.Content?["application/json"]
                ?? throw new InvalidOperationException("The route doesn't read JSON.");
            body.Examples ??= new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
            body.Examples[name] = new OpenApiExample { Summary = summary, Value = JsonNode.Parse(json) };
            return Task.CompletedTask;
        });

    /// <summary>A form with one file, or the file itself as the body.</summary>
    public static RouteHandlerBuilder WithFileBody(this RouteHandlerBuilder route, string field, params string[] types) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var content = types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = Binary() }, StringComparer.Ordinal);
            content["multipart/form-data"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string>(StringComparer.Ordinal) { field },
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { [field] = Binary() },
                },
            };
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = content };
            return Task.CompletedTask;
        });

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
