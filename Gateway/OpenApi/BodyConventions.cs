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

    /// <summary>Adds a JSON body that may be sent instead of the others.</summary>
    public static RouteHandlerBuilder WithJsonBody<T>(this RouteHandlerBuilder route, string name, string summary, string example) =>
        route.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            var body = (OpenApiRequestBody)operation.RequestBody!;
            body.Required = false;
            context.Document!.AddComponent(typeof(T).Name, await context.GetOrCreateSchemaAsync(typeof(T), parameterDescription: null, cancellationToken));
            body.Content!["application/json"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference(typeof(T).Name, context.Document),
                Examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal)
                {
                    [name] = new OpenApiExample { Summary = summary, Value = JsonNode.Parse(example) },
                },
            };
        });

    /// <summary>The file itself as the body.</summary>
    public static RouteHandlerBuilder WithRawBody(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/octet-stream"] = new() { Schema = Binary() } },
            };
            return Task.CompletedTask;
        });

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
