using System.Text.Json.Nodes;
using LipSync.Gateway.OpenApi.Examples;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LipSync.Gateway.OpenApi;

/// <summary>Documents what a job's end sends to its <c>webhookUrl</c>.</summary>
public sealed class WebhookDescriptions : IOpenApiDocumentTransformer
{
    private const string JobExample = "job_0198c0f3a4b27c1e9d5566778899aabb";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent("JobCompleted", Completed());
        document.AddComponent("JobFailed", Failed());
        document.Webhooks = new Dictionary<string, IOpenApiPathItem>(StringComparer.Ordinal)
        {
            ["job.completed"] = Webhook(document, "JobCompleted", "A job completed", new JsonObject
            {
                ["jobId"] = JobExample,
                ["status"] = "completed",
                ["result"] = new JsonObject { ["outputUrl"] = SampleValues.Link, ["duration"] = 12.4 },
                ["creditsUsed"] = 2,
            }),
            ["job.failed"] = Webhook(document, "JobFailed", "A job failed", new JsonObject
            {
                ["jobId"] = JobExample,
                ["status"] = "failed",
                ["error"] = "videoUrl: no face was found.",
            }),
        };
        return Task.CompletedTask;
    }

    private static OpenApiSchema Completed() => Object(
        ("jobId", Text("The job.")),
        ("status", Word("completed")),
        ("result", Object(
            ("outputUrl", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri", Description = "The finished video: opened without a key, valid for an hour." }),
            ("duration", new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double", Description = "Seconds of the finished video." }))),
        ("creditsUsed", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Description = "What the job cost." }));

    private static OpenApiSchema Failed() => Object(
        ("jobId", Text("The job.")),
        ("status", Word("failed")),
        ("error", Text("What went wrong, for people.")));

    private static OpenApiPathItem Webhook(OpenApiDocument document, string schema, string summary, JsonNode example)
    {
        var operation = new OpenApiOperation
        {
            OperationId = $"On{schema}",
            Tags = new HashSet<OpenApiTagReference> { new("Webhooks", document) },
            Summary = summary,
            Description = "Sent to the `webhookUrl` of the job. Answer with a status from 200 to 299; anything else is sent again later.",
            Parameters =
            [
                Header("webhook-id", "The same for every attempt at this message."),
                Header("webhook-timestamp", "Seconds of Unix time at which the attempt was made."),
                Header("webhook-signature", "Signature of the message by Standard Webhooks 1.0."),
            ],
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = new OpenApiSchemaReference(schema, document), Example = example },
                },
            },
            Responses = new OpenApiResponses { ["2XX"] = new OpenApiResponse { Description = "Taken." } },
        };
        return new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = operation } };
    }

    private static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Required = true, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(member => member.Name, member => member.Schema, StringComparer.Ordinal),
        Required = members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal),
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Word(string word) => new() { Type = JsonSchemaType.String, Enum = [word] };
}
