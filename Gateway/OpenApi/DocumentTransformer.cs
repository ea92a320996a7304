using System.Globalization;
using System.Text;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Security;
using LipSync.Gateway.Sessions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LipSync.Gateway.OpenApi;

/// <summary>Title, introduction with every code, and the key.</summary>
public sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "LipSync API", Version = "1", Description = Introduction() };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [ApiKeyHandler.SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyHandler.Header,
                Description = "An API key of your account: `ls_live_` and 56 hexadecimal digits.",
            },
            [AdminKeyHandler.SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = AdminKeyHandler.Header,
                Description = "The operator's key.",
            },
            [SessionCookie.SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = SessionCookie.Name,
                Description = "The session that `/auth/login` begins, in place of a key. Requests that change anything must carry this host's `Origin`.",
            },
        };
        return Task.CompletedTask;
    }

    private static string Introduction()
    {
        var text = new StringBuilder(
            """
            Video and speech in, the same video speaking that speech out; or a portrait and speech.

            Success is `{"success": true, "data": …}`. A refusal is `application/problem+json` with `success: false`, a stable `code`,
            and `error`, a sentence for people. Members without a value are left out.

            Credits: 5 per minute of output, rounded up, at least 1. They are held when a job is accepted and spent when it
            completes, on what was delivered and never more than held. A failed job costs nothing.

            """);
        List(text, "Answers to a request", RequestErrors.All);
        List(text, "Failures of a job (`data.error.code`)", JobFailures.All);
        return text.ToString();
    }

    private static void List(StringBuilder text, string heading, IReadOnlyList<ApiErrorCode> codes)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n");
        foreach (var code in codes)
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{code.Code}`{(code.Status is { } status ? $" ({status})" : "")}: {code.Cause} {code.Cure}\n");
        }
    }
}
