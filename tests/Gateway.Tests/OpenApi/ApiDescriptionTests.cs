using System.Net;
using System.Text.Json;
using LipSync.Gateway.Errors;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.OpenApi;

[Collection(GatewayCollection.Name)]
public sealed class ApiDescriptionTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Document_Version_IsThreeOne() =>
        Assert.StartsWith("3.1.", (await Document()).GetProperty("openapi").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task Document_Introduction_ListsEveryCode()
    {
        var text = (await Document()).GetProperty("info").GetProperty("description").GetString();

        foreach (var code in RequestErrors.All.Concat(JobFailures.All))
        {
            Assert.Contains($"- `{code.Code}`", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Document_Operations_HaveUniqueIdsAndSentences()
    {
        var operations = Operations(await Document()).ToList();

        // Which routes there are, the matrix of routes and callers says.
        Assert.NotEmpty(operations);
        Assert.Equal(operations.Count, operations.Select(Id).ToHashSet(StringComparer.Ordinal).Count);
        Assert.All(operations, operation => Assert.NotEmpty(operation.GetProperty("description").GetString()!));
    }

    /// <summary>Method and path errors belong to no operation; every other code is an example of some operation's answer.</summary>
    [Fact]
    public async Task Document_Operations_ShowEveryCodeOfARoute()
    {
        var shown = Operations(await Document())
            .SelectMany(operation => operation.GetProperty("responses").EnumerateObject())
            .Where(response => response.Value.TryGetProperty("content", out var content) && content.TryGetProperty("application/problem+json", out _))
            .SelectMany(response => response.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("examples").Members());

        var routed = RequestErrors.All.Except([RequestErrors.MethodNotAllowed]).Select(code => code.Code);
        Assert.Equal(routed.ToHashSet(StringComparer.Ordinal), shown.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_KeyedOperations_AskForTheKeyAndShowTheLimits()
    {
        foreach (var operation in Operations(await Document()).Where(operation => Id(operation) is not ("OpenMedia" or "PutUpload" or "SignUp" or "LogIn" or "LogOut") && !IsAdmin(operation)))
        {
            Assert.True(operation.GetProperty("security")[0].TryGetProperty("ApiKey", out _), Id(operation));
            Assert.True(operation.GetProperty("responses").GetProperty("429").GetProperty("headers").TryGetProperty("RateLimit", out _), Id(operation));
        }
    }

    [Fact]
    public async Task Document_EveryOperation_SaysAllThatAClientNeeds()
    {
        foreach (var operation in Operations(await Document()))
        {
            var id = Id(operation);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.True(operation.GetProperty("tags").GetArrayLength() > 0, id);
            foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [])
            {
                Assert.True(parameter.TryGetProperty("description", out _), $"{id}: {parameter.GetProperty("name")} needs a line in ParameterDescriptions.");
            }

            foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(response => response.Name[0] == '2' && response.Value.TryGetProperty("content", out _)))
            {
                foreach (var content in response.Value.GetProperty("content").EnumerateObject())
                {
                    Assert.True(content.Value.TryGetProperty("schema", out _), $"{id}: {response.Name} has no schema.");
                    Assert.True(content.Name != "application/json" || IsSaid(content.Value.GetProperty("example")), $"{id}: the example needs a line in SampleValues.\n{content.Value}");
                }
            }
        }

        static bool IsSaid(JsonElement example) => !example.GetRawText().Contains("\"…\"", StringComparison.Ordinal) && !example.GetRawText().Contains("\"\\u2026\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_IdempotentOperations_TakeTheKey()
    {
        var keyed = Operations(await Document())
            .Where(operation => operation.TryGetProperty("parameters", out var parameters)
                && parameters.EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key"))
            .ToList();

        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "CancelJob", "CreateAccount", "CreateKey", "DrainSilo", "Generate", "Upload" }, keyed.Select(Id).ToHashSet(StringComparer.Ordinal));
        Assert.All(keyed, operation => Assert.True(operation.GetProperty("responses").TryGetProperty("409", out _)));
    }

    [Fact]
    public async Task Document_Webhooks_HaveTheBodiesOfTheContract()
    {
        var document = await Document();
        var webhooks = document.GetProperty("webhooks");

        Assert.Equal(["job.completed", "job.failed"], webhooks.Members());
        Assert.Equal(["jobId", "status", "result", "creditsUsed"], Body("JobCompleted").Members());
        Assert.Equal(["outputUrl", "duration"], Body("JobCompleted").GetProperty("result").GetProperty("properties").Members());
        Assert.Equal(["jobId", "status", "error"], Body("JobFailed").Members());
        Assert.All(webhooks.EnumerateObject(), webhook => Assert.Equal(
            ["webhook-id", "webhook-timestamp", "webhook-signature"],
            webhook.Value.GetProperty("post").GetProperty("parameters").EnumerateArray().Select(header => header.GetProperty("name").GetString())));

        JsonElement Body(string schema) => document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties");
    }

    [Fact]
    public async Task Document_AdminOperations_AskForTheAdminKey()
    {
        var operations = Operations(await Document()).Where(IsAdmin).ToList();

        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "CreateAccount", "GrantCredits", "ListSilos" }, operations.Select(Id).ToHashSet(StringComparer.Ordinal));
        Assert.All(operations, operation => Assert.True(operation.GetProperty("security")[0].TryGetProperty("AdminKey", out _), Id(operation)));
        Assert.All(operations, operation => Assert.False(operation.GetProperty("responses").TryGetProperty("429", out _), Id(operation)));
    }

    [Fact]
    public async Task Document_Examples_AreAcceptedAsTheyAre()
    {
        using var client = gateway.NewClient(out _);
        var examples = Operations(await Document()).Single(operation => Id(operation) == "Generate")
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject().ToList();

        Assert.Equal(2, examples.Count);
        foreach (var example in examples)
        {
            using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(example.Value.GetProperty("value").GetRawText()));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }
    }

    [Fact]
    public async Task Document_References_AllResolve()
    {
        var document = await Document();
        var schemas = document.GetProperty("components").GetProperty("schemas").Members().ToHashSet(StringComparer.Ordinal);

        var references = References(document).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(references);
        Assert.Subset(schemas, references.Select(reference => reference["#/components/schemas/".Length..]).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_Face_IsAWordOrOneOfTwoObjects()
    {
        var face = (await Document()).GetProperty("components").GetProperty("schemas").GetProperty("FaceSetting");

        var forms = face.GetProperty("oneOf").EnumerateArray().ToList();
        Assert.Equal(["auto", "largest"], forms.Take(2).Select(word => word.GetProperty("const").GetString()));
        Assert.Equal(["time", "x", "y"], forms[2].GetProperty("properties").Members());
        Assert.Equal(["trackId"], forms[3].GetProperty("required").EnumerateArray().Select(member => member.GetString()));
        Assert.Contains("0 to 1", face.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_ReportsStretch_MayLackItsReason() => Assert.DoesNotContain(
        "reason",
        (await Document()).GetProperty("components").GetProperty("schemas").GetProperty("FaceStretch").GetProperty("required").EnumerateArray().Select(member => member.GetString()));

    [Fact]
    public async Task Document_Schemas_KnowNoNull() =>
        Assert.DoesNotContain("null", (await Document()).GetProperty("components").GetRawText(), StringComparison.Ordinal);

    [Fact]
    public async Task Docs_Page_LoadsNothingFromElsewhere()
    {
        using var client = gateway.NewAnonymousClient();

        var page = await client.GetStringAsync("/docs/");

        Assert.Contains("scalar", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"//", page, StringComparison.Ordinal);
    }

    private static bool IsAdmin(JsonElement operation) => operation.GetProperty("tags").EnumerateArray().Any(tag => tag.GetString() == "Admin");

    private static string Id(JsonElement operation) => operation.GetProperty("operationId").GetString()!;

    private static IEnumerable<JsonElement> Operations(JsonElement document) => document.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject())
        .Select(operation => operation.Value);

    private static IEnumerable<string> References(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(References),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member =>
            member.NameEquals("$ref") ? [member.Value.GetString()!] : References(member.Value)),
        _ => [],
    };

    private async Task<JsonElement> Document()
    {
        using var client = gateway.NewAnonymousClient();
        using var response = await client.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Body();
    }
}
