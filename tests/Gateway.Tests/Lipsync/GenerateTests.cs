using System.Net;
using System.Text.Json;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Lipsync;

[Collection(GatewayCollection.Name)]
public sealed class GenerateTests(GatewayFixture gateway)
{
    private const string Minimal = """{"audioUrl":"https://example.com/a.mp3","videoUrl":"https://example.com/v.mp4"}""";

    [Fact]
    public async Task Generate_MinimalVideoRequest_AnswersExactlyTheContractsMembers()
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var jobId = JsonDocument.Parse(text).RootElement.GetProperty("data").GetProperty("jobId").GetString()!;
        Assert.True(JobId.IsWellFormed(jobId));
        Assert.Equal(
            $$$"""{"success":true,"data":{"jobId":"{{{jobId}}}","status":"queued","inputType":"video","estimatedCredits":50,"estimatedTime":13}}""", text);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"/api/v1/lipsync/status/{jobId}", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Generate_MinimalVideoRequest_SubmitsTheContractsDefaults()
    {
        using var client = gateway.NewClient(out var account);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));

        var expected = new JobSpec
        {
            AccountId = account.Id,
            InputType = InputType.Video,
            Visual = new MediaSource("https://example.com/v.mp4", null),
            Speech = new MediaSource("https://example.com/a.mp3", null),
            Settings = new JobSettings(720, 25, null, SyncMode.Bounce, NoFacePolicy.Passthrough),
            Limits = World.Pro,
        };
        Assert.Equal(expected, await Submitted(response));
    }

    [Fact]
    public async Task Generate_EverySettingGiven_SubmitsThem()
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(
            """
            {"audioUrl":"http://example.com/a","imageUrl":"http://example.com/i","videoUrl":null,
             "settings":{"resolution":"1080p","fps":60,"maxDuration":1.5,"syncMode":"cut_off","face":"largest","noFace":"hold","motion":"none"}}
            """));

        var spec = await Submitted(response);
        Assert.Equal(InputType.Image, spec.InputType);
        Assert.Equal(new JobSettings(1080, 60, 1.5, SyncMode.CutOff, NoFacePolicy.Hold, new LargestFace(), Motion.None), spec.Settings);
    }

    public static TheoryData<string, FaceSelection?> Faces => new()
    {
        { "null", null },
        { "\"auto\"", null },
        { "\"largest\"", new LargestFace() },
        { """{"trackId":0}""", new FaceOfTrack(0) },
        { """{"x":0.25,"time":1.5,"y":1}""", new FaceAt(1.5, 0.25, 1) },
        { """{"time":0,"x":0,"y":0}""", new FaceAt(0, 0, 0) },
    };

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Generate_FaceChosen_SubmitsTheChoice(string face, FaceSelection? expected)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal.Replace("}", $",\"settings\":{{\"face\":{face}}}}}", StringComparison.Ordinal)));

        Assert.Equal(expected, (await Submitted(response)).Settings.Face);
    }

    [Fact]
    public async Task Generate_WithWebhookUrl_WarnsThatItIsNotDelivered()
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal.Replace("}", ""","webhookUrl":"https://example.com/hook"}""", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var data = (await response.Body()).GetProperty("data");
        Assert.Contains("webhook", data.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_SameIdempotencyKey_IsTheSameJobOfThisAccountOnly()
    {
        using var client = gateway.NewClient(out _);
        using var other = gateway.NewClient(out _);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "key-1");
        other.DefaultRequestHeaders.Add("Idempotency-Key", "key-1");

        var first = await JobIdOf(client);
        Assert.Equal(first, await JobIdOf(client));
        Assert.NotEqual(first, await JobIdOf(other));
    }

    [Fact]
    public async Task Generate_KeyOfAnotherRequest_Answers409()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.SubmitResults[account.Id] = new SubmitResult(false, 0, 0, SubmitRefusal.Conflict);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));

        await response.Refusal(409, "idempotency_conflict");
    }

    [Fact]
    public async Task Generate_IdempotencyKeyTooLong_IsRefused()
    {
        using var client = gateway.NewClient(out _);
        client.DefaultRequestHeaders.Add("Idempotency-Key", new string('k', 256));

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));

        await response.Refusal(400, "invalid_request");
    }

    [Fact]
    public async Task Generate_TooFewCredits_Answers402()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.SubmitResults[account.Id] = new SubmitResult(false, 50, 0, SubmitRefusal.InsufficientCredits);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));

        var body = await response.Refusal(402, "insufficient_credits");
        Assert.Contains("50 credits", body.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> JobIdOf(HttpClient client)
    {
        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Body()).GetProperty("data").GetProperty("jobId").GetString()!;
    }

    private async Task<JobSpec> Submitted(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return gateway.World.Submitted[(await response.Body()).GetProperty("data").GetProperty("jobId").GetString()!];
    }
}
