using LipSync.Gateway.Idempotency;
using LipSync.Gateway.OpenApi.Examples;
using LipSync.Gateway.Security;
using Scalar.AspNetCore;

namespace LipSync.Gateway.OpenApi;

public static class OpenApiHosting
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.AddDocumentTransformer<DocumentTransformer>();
        options.AddDocumentTransformer<OptionalMembers>();
        options.AddDocumentTransformer<WebhookDescriptions>();
        options.AddDocumentTransformer<AnswerExamples>();
        options.AddOperationTransformer<OperationDetails>();
        options.AddOperationTransformer<IdempotentOperations>();
        options.AddOperationTransformer<ParameterDescriptions>();
        options.AddSchemaTransformer<FaceSettingSchema>();
    });

    /// <summary>The document at <c>/openapi/v1.json</c> and a page to read and try it at <c>/docs</c>.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        // Fonts, telemetry and proxy would call third parties; the page's script comes from the assembly.
        routes.MapScalarApiReference("/docs", static options =>
        {
            options.Title = "LipSync API";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.AddPreferredSecuritySchemes(ApiKeyHandler.SchemeName);
        });
    }
}
