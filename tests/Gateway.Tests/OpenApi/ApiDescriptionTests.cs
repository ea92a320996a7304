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

        Assert.Equal(["Analyze", "CancelJob", "CreateAccount", "CreateKey", "DrainSilo", "Generate", "GetAnalysis", "GetStatus", "ListKeys", "ListSilos", "OpenMedia", "RevokeKey", "Upload"], operations.Select(Id).Order(StringComparer.Ordinal), StringComparer.Ordinal);
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
        foreach (var operation in Operations(await Document()).Where(operation => Id(operation) is not ("OpenMedia" or "CreateAccount" or "ListSilos" or "DrainSilo")))
        {
            Assert.True(operation.GetProperty("security")[0].TryGetProperty("ApiKey", out _), Id(operation));
            Assert.True(operation.GetProperty("responses").GetProperty("429").GetProperty("headers").TryGetProperty("RateLimit", out _), Id(operation));
        }
    }

    [Theory]
    [InlineData("CreateAccount")]
    [InlineData("ListSilos")]
    [InlineData("DrainSilo")]
    public async Task Document_AdminOperations_AskForTheAdminKey(string id)
    {
        var operation = Operations(await Document()).Single(operation => Id(operation) == id);

        Assert.True(operation.GetProperty("security")[0].TryGetProperty("AdminKey", out _));
        Assert.False(operation.GetProperty("responses").TryGetProperty("429", out _));
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
        Assert.Equal(["auto", "largest"], forms[0].GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(["time", "x", "y"], forms[1].GetProperty("properties").Members());
        Assert.Equal(["trackId"], forms[2].GetProperty("required").EnumerateArray().Select(member => member.GetString()));
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
