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

    /// <summary>
    /// A form with one file. Generated clients know what to send only where there is one kind of body: what else the route takes, its
    /// description says.
    /// </summary>
    public static RouteHandlerBuilder WithFileForm(this RouteHandlerBuilder route, string field, string description) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var file = Binary();
            file.Description = description;
            operation.RequestBody = new OpenApiRequestBody
            {
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["multipart/form-data"] = new OpenApiMediaType
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { [field] = file },
                        },
                    },
                },
            };
            return Task.CompletedTask;
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
