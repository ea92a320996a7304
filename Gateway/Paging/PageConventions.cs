using System.Globalization;
using System.Text.Json.Nodes;
using LipSync.Gateway.Json;
using Microsoft.OpenApi;

namespace LipSync.Gateway.Paging;

/// <summary>Documents the query that <see cref="ListQuery"/> reads.</summary>
public static class PageConventions
{
    /// <summary>The parameters of every list.</summary>
    public static RouteHandlerBuilder WithPages(this RouteHandlerBuilder route) => route
        .WithParameter("limit", "Items on a page.", static () => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = ListQuery.LargestLimit.ToString(CultureInfo.InvariantCulture),
            Default = ListQuery.DefaultLimit,
        })
        .WithText("cursor", "The `nextCursor` of the page before; the first page has none.");

    public static RouteHandlerBuilder WithText(this RouteHandlerBuilder route, string name, string description) =>
        route.WithParameter(name, description, static () => new OpenApiSchema { Type = JsonSchemaType.String });

    public static RouteHandlerBuilder WithWord<T>(this RouteHandlerBuilder route, string name, string description)
        where T : struct, Enum => route.WithParameter(name, description, static () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. JsonHosting.NamesOf(typeof(T)).Select(JsonNode (word) => JsonValue.Create(word))],
        });

    private static RouteHandlerBuilder WithParameter(this RouteHandlerBuilder route, string name, string description, Func<OpenApiSchema> schema) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema() });
            return Task.CompletedTask;
        });
}
