using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LipSync.Gateway.Idempotency;

/// <summary>Documents the key of the routes that take one.</summary>
public sealed class IdempotentOperations : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IdempotentMetadata>().Any())
        {
            return Task.CompletedTask;
        }

        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IdempotencyKey.Header,
            In = ParameterLocation.Header,
            Description = "Any text of your own that names this request. Sent again with the same key within 24 hours, the same request takes effect once and "
                + "gets the same answer; another request with the key is refused, and so is one that comes while the first still runs.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.Longest },
            Example = "8e03978e-40d5-43e8-bc93-6894a57f9324",
        });
        foreach (var response in (operation.Responses ?? []).Where(response => response.Key.StartsWith('2')).Select(response => response.Value).OfType<OpenApiResponse>())
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            response.Headers[IdempotencyMiddleware.ReplayedHeader] = new OpenApiHeader
            {
                Description = "There where this is the answer of an earlier request with the same key.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["true"] },
            };
        }

        return Task.CompletedTask;
    }
}
