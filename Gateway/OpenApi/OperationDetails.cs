using System.Globalization;
using System.Text.Json.Nodes;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Security;
using LipSync.Gateway.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LipSync.Gateway.OpenApi;

/// <summary>Documents what a route's metadata says: its codes, its key, its rate limit.</summary>
public sealed class OperationDetails : IOpenApiOperationTransformer
{
    private static readonly string[] RateLimitHeaders =
        ["RateLimit-Policy", "RateLimit", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

    private static readonly ApiErrorCode[] AnyRoute = [RequestErrors.InternalError, RequestErrors.TemporarilyUnavailable];

    private static readonly ApiErrorCode[] KeyedRoute =
        [RequestErrors.InvalidApiKey, RequestErrors.KeyRevoked, RequestErrors.InvalidCredentials, RequestErrors.Forbidden, RequestErrors.RateLimited];

    private static readonly ApiErrorCode[] AdminRoute = [RequestErrors.InvalidCredentials, RequestErrors.Forbidden];

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var policy = metadata.OfType<IAuthorizeData>().Select(authorize => authorize.Policy).FirstOrDefault();
        var (scheme, keyCodes) = policy switch
        {
            null => (null, []),
            SecurityHosting.AdminPolicy => (AdminKeyHandler.SchemeName, AdminRoute),
            _ => (ApiKeyHandler.SchemeName, KeyedRoute),
        };
        if (scheme is not null)
        {
            // Either of them.
            operation.Security = [Needs(scheme, context.Document), Needs(SessionCookie.SchemeName, context.Document)];
        }

        var body = await context.GetOrCreateSchemaAsync(typeof(ErrorBody), parameterDescription: null, cancellationToken);
        context.Document!.AddComponent("Error", body);
        var codes = metadata.OfType<ErrorsMetadata>().SelectMany(errors => errors.Codes)
            .Concat(keyCodes)
            .Concat(AnyRoute)
            .Distinct();
        foreach (var group in codes.GroupBy(code => code.Status!.Value).OrderBy(group => group.Key))
        {
            operation.Responses ??= [];
            operation.Responses[group.Key.ToString(CultureInfo.InvariantCulture)] = Refusal(group, context.Document);
        }

        if (metadata.OfType<RequestClassMetadata>().Any())
        {
            AddRateLimitHeaders(operation);
        }
    }

    private static OpenApiSecurityRequirement Needs(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static OpenApiResponse Refusal(IEnumerable<ApiErrorCode> codes, OpenApiDocument document)
    {
        var examples = codes.ToDictionary(code => code.Code, Example, StringComparer.Ordinal);
        return new OpenApiResponse
        {
            Description = string.Join(" or ", examples.Keys.Select(code => $"`{code}`")),
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Error", document), Examples = examples },
            },
        };
    }

    private static IOpenApiExample Example(ApiErrorCode code) => new OpenApiExample
    {
        Summary = code.Title,
        Value = new JsonObject
        {
            ["success"] = false,
            ["type"] = $"/errors#{code.Code}",
            ["title"] = code.Title,
            ["status"] = code.Status,
            ["detail"] = code.Cause,
            ["code"] = code.Code,
            ["requestId"] = "0HNKQ7V6S1V3C:00000002",
            ["error"] = code.Cause,
        },
    };

    private static void AddRateLimitHeaders(OpenApiOperation operation)
    {
        // Who has no key has no limit either.
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status is "401" or "403" || response is not OpenApiResponse own)
            {
                continue;
            }

            own.Headers = RateLimitHeaders.ToDictionary(
                name => name,
                IOpenApiHeader (_) => new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                StringComparer.Ordinal);
        }
    }
}
