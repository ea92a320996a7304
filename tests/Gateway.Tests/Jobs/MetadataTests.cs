using System.Net;
using System.Text.Json;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

[Collection(GatewayCollection.Name)]
public sealed class MetadataTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("""{"shot":"3","a b":"ü\n"}""", """{"a b":"\u00FC\n","shot":"3"}""")]
    [InlineData("""{"a b":"ü\n","shot":"3"}""", """{"a b":"\u00FC\n","shot":"3"}""")]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    public async Task Generate_Metadata_IsSubmittedAsOneTextWhateverItsOrder(string metadata, string? expected)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Request(metadata)));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = (await response.Body()).GetProperty("data").GetProperty("jobId").GetString()!;
        Assert.Equal(expected, gateway.World.Submitted[id].Metadata);
    }

    [Fact]
    public async Task Status_JobWithMetadata_EchoesIt()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => new JobView
        {
            JobId = id, InputType = InputType.Video, Status = JobStatus.Queued, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Progress = 0,
            Metadata = """{"a b":"\u00FC\n","shot":"3"}""",
        });

        var text = await client.GetStringAsync($"/api/v1/lipsync/status/{id}");

        Assert.Contains(""","metadata":{"a b":"ü\n","shot":"3"}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_MetadataAtItsLimits_IsAccepted() => Assert.Equal(
        HttpStatusCode.Accepted, await Submit(Enumerable.Range(0, 20).ToDictionary(number => $"{number:00}{new string('n', 38)}", _ => new string('v', 500), StringComparer.Ordinal)));

    [Fact]
    public async Task Generate_MetadataBeyondALimit_IsRefusedByName()
    {
        foreach (var (pairs, name, value) in new[] { (21, 2, 1), (1, 41, 1), (1, 0, 1), (1, 1, 501) })
        {
            var metadata = Enumerable.Range(10, pairs).ToDictionary(
                number => name == 2 ? $"{number}" : new string('n', name), _ => new string('v', value), StringComparer.Ordinal);
            Assert.Equal(HttpStatusCode.BadRequest, await Submit(metadata));
        }
    }

    [Theory]
    [InlineData("""{"a":1}""", "metadata.a")]
    [InlineData("""{"a":{"b":"c"}}""", "metadata.a")]
    [InlineData("""{"a":null}""", "metadata")]
    [InlineData("[]", "metadata")]
    [InlineData("\"a\"", "metadata")]
    public async Task Generate_MetadataThatIsNoStringPairs_NamesTheField(string metadata, string field)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Request(metadata)));

        Assert.Equal(field, Assert.Single((await response.Refusal(400, "invalid_request")).GetProperty("errors").Members()));
    }

    private async Task<HttpStatusCode> Submit(Dictionary<string, string> metadata)
    {
        using var client = gateway.NewClient(out _);
        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Request(JsonSerializer.Serialize(metadata))));
        return response.StatusCode;
    }

    private static string Request(string metadata) =>
        $$"""{"audioUrl":"https://example.com/a.mp3","videoUrl":"https://example.com/v.mp4","metadata":{{metadata}}}""";
}
