using LipSync.Gateway.Lipsync;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LipSync.Gateway.OpenApi;

/// <summary>A word or one of two objects: more than the serializer's own schema of the setting can say.</summary>
public sealed class FaceSettingSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(FaceSetting))
        {
            schema.Type = null;
            schema.Default = "auto";
            schema.OneOf =
            [
                // Constants: of a nameless enum generators make a type that they forget to declare.
                new OpenApiSchema { Type = JsonSchemaType.String, Const = "auto" },
                new OpenApiSchema { Type = JsonSchemaType.String, Const = "largest" },
                Object(("time", Number(null)), ("x", Number("1")), ("y", Number("1"))),
                Object(("trackId", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0" })),
            ];
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Number(string? highest) => new() { Type = JsonSchemaType.Number, Minimum = "0", Maximum = highest };

    private static OpenApiSchema Object(params (string Name, OpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(member => member.Name, IOpenApiSchema (member) => member.Schema, StringComparer.Ordinal),
        Required = members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal),
        AdditionalPropertiesAllowed = false,
    };
}
