using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LipSync.Gateway.OpenApi;

/// <summary>Says what parameters mean, by their names: comments on the routes' own methods don't reach the description, which sees public ones only.</summary>
public sealed class ParameterDescriptions : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["account"] = "Only what belongs to this account.",
        ["accountId"] = "The account, as it was opened.",
        ["analysisId"] = "As it was answered when the analysis was accepted.",
        ["email"] = "The address with which somebody signed up.",
        ["expires"] = "The second of Unix time at which the link ends; as the link has it.",
        ["from"] = "The first day, in UTC, such as 2026-01-31.",
        ["jobId"] = "As it was answered when the job was accepted.",
        ["key"] = "Which file the link is for; as the link has it.",
        ["keyId"] = "As the list of keys shows it; not the key itself.",
        ["Last-Event-ID"] = "The `id` of the last event that was received: only later ones follow. Browsers send it by themselves.",
        ["max"] = "The most bytes that the link takes; as the link has it.",
        ["name"] = "Which file the link is for; as the link has it.",
        ["presign"] = "Whether to answer a link to put the file to, instead of taking it from this request; false where not given.",
        ["signature"] = "As the link has it.",
        ["status"] = "Only what has this status.",
        ["to"] = "The last day, in UTC, such as 2026-01-31.",
        ["worker"] = "The silo's name, as it is listed.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => string.IsNullOrEmpty(parameter.Description)))
        {
            parameter.Description = Descriptions.GetValueOrDefault(parameter.Name ?? "");
        }

        return Task.CompletedTask;
    }
}
