using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LipSync.Gateway.OpenApi;

/// <summary>
/// Members without a value are left out of answers and need not be sent: the schemas say "optional" where the serializer's own
/// say "or null".
/// </summary>
public sealed class OptionalMembers : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (id, component) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            if (component is not OpenApiSchema schema)
            {
                continue;
            }

            WithoutNull(schema);
            if (schema.Properties is not { } properties)
            {
                continue;
            }

            foreach (var (name, member) in properties.ToArray())
            {
                // What an answer may lack is not required, however its record is written. Requests say themselves what they ask for.
                if (MayBeNull(member) && !id.EndsWith("Request", StringComparison.Ordinal))
                {
                    schema.Required?.Remove(name);
                }

                properties[name] = WithoutNull(member);
            }

            // A constant of the envelope, which the serializer can't know to be always there.
            if (properties.ContainsKey("success"))
            {
                (schema.Required ??= new HashSet<string>(StringComparer.Ordinal)).Add("success");
            }
        }

        return Task.CompletedTask;
    }

    private static bool MayBeNull(IOpenApiSchema schema) =>
        schema is OpenApiSchema own && (own.Type?.HasFlag(JsonSchemaType.Null) is true || own.OneOf is [{ Type: JsonSchemaType.Null }, _]);

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own)
        {
            return schema;
        }

        if (own.OneOf is [{ Type: JsonSchemaType.Null }, var other])
        {
            return other;
        }

        own.Type &= ~JsonSchemaType.Null;
        if (own.Enum is { } words)
        {
            own.Type = JsonSchemaType.String;
            own.Enum = [.. words.Where(word => word is not null && word.GetValueKind() == System.Text.Json.JsonValueKind.String)];
        }
        else if (own.Format == "date-time")
        {
            // Its converter hides the type.
            own.Type = JsonSchemaType.String;
        }

        return own;
    }
}
