using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LipSync.Gateway.OpenApi.Examples;

/// <summary>Gives every successful JSON answer an example, made of its schema and <see cref="SampleValues"/>.</summary>
public sealed class AnswerExamples : IOpenApiDocumentTransformer
{
    /// <summary>Stands in an example where a text's name is not among the sample values; a test finds it.</summary>
    public const string Unsaid = "…";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(operation => operation.Value))
        {
            var answers = (operation.Responses ?? []).Where(response => response.Key.StartsWith('2')).SelectMany(response => response.Value.Content ?? EmptyContent);
            foreach (var answer in answers.Where(answer => answer.Key == "application/json" && answer.Value.Example is null))
            {
                answer.Value.Example = ExampleOf("data", answer.Value.Schema!, []);
            }
        }

        return Task.CompletedTask;
    }

    private static Dictionary<string, OpenApiMediaType> EmptyContent { get; } = [];

    /// <param name="within">Schemas around this one: what holds itself is shown once.</param>
    private static JsonNode? ExampleOf(string name, IOpenApiSchema schema, string[] within)
    {
        var id = (schema as OpenApiSchemaReference)?.Reference.Id;
        if (id is not null && within.Contains(id, StringComparer.Ordinal))
        {
            return null;
        }

        string[] inside = id is null ? within : [.. within, id];
        if (schema.Properties is { Count: > 0 } members)
        {
            var example = new JsonObject();
            foreach (var (member, own) in members)
            {
                if (ExampleOf(member, own, inside) is { } value)
                {
                    example[member] = value;
                }
            }

            return example;
        }

        return schema.Type switch
        {
            JsonSchemaType.Array => ExampleOf(name, schema.Items!, inside) is { } item ? new JsonArray(item) : new JsonArray(),
            JsonSchemaType.Object => new JsonObject(),
            JsonSchemaType.Boolean => name == "success",
            JsonSchemaType.Integer or JsonSchemaType.Number => 1,
            _ when schema.Enum is [{ } first, ..] => first.DeepClone(),
            _ when schema.Format == "date-time" => "2026-01-01T00:00:00.000Z",
            _ when schema.Format == "date" => "2026-01-01",
            _ => SampleValues.Of(name) ?? Unsaid,
        };
    }
}
