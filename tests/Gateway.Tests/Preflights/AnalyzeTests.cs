using System.Net;
using System.Text;
using System.Text.Json;
using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Preflights;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Preflights;

[Collection(GatewayCollection.Name)]
public sealed class AnalyzeTests(GatewayFixture gateway)
{
    private const string Path = "/api/v1/lipsync/analyze";
    private const string Minimal = """{"videoUrl":"https://example.com/v.mp4"}""";

    private const string Report =
        """
        {"blocking":[],
         "video":{"duration":7.16,"width":720,"height":1280,"rotation":90,"frameRate":29.97,"variableFrameRate":true,"hdr":false,"videoCodec":"hevc","hasAudio":true},
         "audio":{"duration":11,"codec":"flac","sampleRate":44100,"channels":2},
         "output":{"width":720,"height":1280,"fps":25,"frames":275,"duration":11},
         "faces":[{"trackId":0,"person":0,"firstSeen":0,"lastSeen":7.12,"frames":179,"time":3.2,"box":{"x":0.25,"y":0.2,"width":0.5,"height":0.4},"thumbnailKey":"preflights/KEY/face-0.jpg"}],
         "selectedTrackId":0,"estimatedCredits":1,"estimatedTime":21.2,"heldCredits":50}
        """;

    [Fact]
    public async Task Analyze_Inspected_AnswersWhatWasFoundWithLinksThatOpen()
    {
        using var client = gateway.NewClient(out var account);
        await Prepare(account, Report);

        using var response = await client.PostAsync(Path, Answers.Json(Minimal));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var data = (await response.Body()).GetProperty("data");
        Assert.Equal("ready blocking video audio output faces selectedTrackId estimatedCredits estimatedTime", string.Join(' ', data.Members()));
        Assert.True(data.GetProperty("ready").GetBoolean());
        Assert.Equal((1, 22, 0), (Number(data, "estimatedCredits"), Number(data, "estimatedTime"), Number(data, "selectedTrackId")));
        Assert.Equal("duration width height rotation frameRate variableFrameRate hdr videoCodec hasAudio", string.Join(' ', data.GetProperty("video").Members()));
        var face = Assert.Single(data.GetProperty("faces").EnumerateArray());
        Assert.Equal("trackId person firstSeen lastSeen frames time box thumbnailUrl", string.Join(' ', face.Members()));
        using var anybody = gateway.NewAnonymousClient();
        using var thumbnail = await anybody.GetAsync(face.GetProperty("thumbnailUrl").GetString());
        Assert.Equal(("image/jpeg", "a face"), (thumbnail.Content.Headers.ContentType?.MediaType, await thumbnail.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Analyze_BodyOfGenerate_SubmitsAPreflightOfTheSameRequest()
    {
        const string Body =
            """{"audioUrl":"https://example.com/a.mp3","videoUrl":"https://example.com/v.mp4","settings":{"fps":30,"syncMode":"loop","face":{"trackId":2},"maxDuration":9}}""";
        using var client = gateway.NewClient(out var account);
        await Prepare(account, Report);

        using var analyzed = await client.PostAsync(Path, Answers.Json(Body));
        using var generated = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Body));

        var specs = gateway.World.Submitted.Where(job => job.Value.AccountId == account.Id).ToDictionary(job => job.Key.Split('_')[0], job => job.Value);
        Assert.Equal(2, specs.Count);
        Assert.Equal(specs["job"] with { Purpose = JobPurpose.Preflight }, specs["pre"]);
        Assert.Equal(JobPurpose.Video, specs["job"].Purpose);
        Assert.Contains((account.Id, RequestClass.Work), gateway.World.Admitted);
    }

    [Fact]
    public async Task Analyze_WithoutSpeech_SubmitsNone()
    {
        using var client = gateway.NewClient(out var account);
        await Prepare(account, Report);

        using var response = await client.PostAsync(Path, Answers.Json(Minimal));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(gateway.World.Submitted.Values.Single(spec => spec.AccountId == account.Id).Speech);
    }

    [Theory]
    [InlineData("""{"videoUrl":"ftp://example.com/v.mp4"}""")]
    [InlineData("""{"imageUrl":"http://example.com/i","videoUrl":"http://example.com/v"}""")]
    [InlineData("""{"videoUrl":"http://example.com/v","audioUrl":7}""")]
    [InlineData("""{"videoUrl":"http://example.com/v","audioUrl":"http://example.com/a","colour":1}""")]
    [InlineData("""{"videoUrl":"http://example.com/v","audioUrl":"http://example.com/a","settings":{"fps":10}}""")]
    [InlineData("""{"videoUrl":"http://example.com/v","audioUrl":"http://example.com/a","settings":{"face":{"trackId":-1}}}""")]
    public async Task Analyze_WhatGenerateRefuses_IsRefusedAlike(string body)
    {
        using var client = gateway.NewClient(out var account);

        using var analyzed = await client.PostAsync(Path, Answers.Json(body));
        using var generated = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(body));

        Assert.Equal(HttpStatusCode.BadRequest, analyzed.StatusCode);
        var (one, other) = (await analyzed.Body(), await generated.Body());
        Assert.Equal(other.GetProperty("code").GetString(), one.GetProperty("code").GetString());
        Assert.All(one.GetProperty("errors").EnumerateObject(), error =>
            Assert.Equal(other.GetProperty("errors").GetProperty(error.Name).ToString(), error.Value.ToString()));
        Assert.DoesNotContain(gateway.World.Submitted.Values, spec => spec.AccountId == account.Id);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(49, false)]
    public async Task Analyze_CreditsOfTheAccount_MustSufficeForTheHold(long credits, bool ready)
    {
        using var client = gateway.NewClient(out var account);
        await Prepare(account, Report, credits);

        using var response = await client.PostAsync(Path, Answers.Json(Minimal));

        var data = (await response.Body()).GetProperty("data");
        Assert.Equal(ready, data.GetProperty("ready").GetBoolean());
        Assert.Equal(ready ? [] : ["insufficient_credits"], Codes(data));
    }

    [Fact]
    public async Task Analyze_BadMedia_IsAnAnswer()
    {
        using var client = gateway.NewClient(out var account);
        await Prepare(account, """{"blocking":[{"code":"invalid_media","message":"The video is an empty file. Send it again."}],"heldCredits":50}""");

        using var response = await client.PostAsync(Path, Answers.Json(Minimal));

        Assert.Equal(
            """{"success":true,"data":{"ready":false,"blocking":[{"code":"invalid_media","message":"The video is an empty file. Send it again."}]}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Analyze_OurMachinesFail_SaysSo()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Preflights[account.Id] = World.FailedPreflight;

        using var response = await client.PostAsync(Path, Answers.Json(Minimal));

        Assert.Equal(["processing_failed"], Codes((await response.Body()).GetProperty("data")));
    }

    [Fact]
    public async Task Analyze_TakesLonger_Answers202AndIsFoundWhereItSays()
    {
        using var client = gateway.NewClient(out var account);
        var status = JobStatus.Processing;
        var ended = await Prepare(account, Report);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.World.Preflights[account.Id] = id =>
        {
            begun.TrySetResult();
            return status is JobStatus.Completed ? ended(id) : View(id);
        };

        var answer = client.PostAsync(Path, Answers.Json(Minimal));
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var started = gateway.Time.GetUtcNow();
        await LetTimePassUntil(() => answer.IsCompleted);
        using var response = await answer;

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.InRange((gateway.Time.GetUtcNow() - started).TotalSeconds, 25, 60);
        var id = (await response.Body()).GetProperty("data").GetProperty("analysisId").GetString()!;
        Assert.True(PreflightId.IsWellFormed(id));
        Assert.Equal($"{Path}/{id}", response.Headers.Location?.OriginalString);
        using var early = await client.GetAsync(response.Headers.Location);
        Assert.Equal(
            $$$"""{"success":true,"data":{"analysisId":"{{{id}}}","status":"processing"}}""", await early.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Accepted, early.StatusCode);

        status = JobStatus.Completed;
        using var late = await client.GetAsync(response.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.True((await late.Body()).GetProperty("data").GetProperty("ready").GetBoolean());
        Assert.DoesNotContain(gateway.World.Withdrawn, withdrawn => withdrawn.JobId == id);
    }

    [Fact]
    public async Task Analyze_CallerHangsUp_WithdrawsIt()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Preflights[account.Id] = View;
        using var hangUp = new CancellationTokenSource();
        var answer = client.PostAsync(Path, Answers.Json(Minimal), hangUp.Token);
        await LetTimePassUntil(() => gateway.World.Submitted.Values.Any(spec => spec.AccountId == account.Id));

        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await LetTimePassUntil(() => gateway.World.Withdrawn.Any(withdrawn => withdrawn.Spec.AccountId == account.Id));
    }

    [Fact]
    public async Task Analysis_ForeignOrAJobs_AnswersExactlyAsAnUnknownOne()
    {
        using var client = gateway.NewClient(out var account);
        var foreign = PreflightId.New(DateTimeOffset.UnixEpoch);
        gateway.World.Jobs[foreign] = (gateway.World.NewAccount().Id, () => View(foreign));
        var job = gateway.World.NewJob(account, View);

        var unknown = await Anonymous(client, PreflightId.New(DateTimeOffset.UnixEpoch));

        Assert.Equal(unknown, await Anonymous(client, foreign));
        Assert.Equal(unknown, await Anonymous(client, job));
        Assert.Equal(unknown, await Anonymous(client, "pre_1"));
        using var status = await client.GetAsync($"/api/v1/lipsync/status/{foreign}");
        await status.Refusal(404, "not_found");
    }

    [Fact]
    public async Task Analysis_SweptAway_IsExpired()
    {
        using var client = gateway.NewClient(out var account);
        var id = PreflightId.New(DateTimeOffset.UnixEpoch);
        gateway.World.Jobs[id] = (account.Id, () => View(id) with { Status = JobStatus.Completed, InspectionKey = "preflights/gone/report.json" });

        using var response = await client.GetAsync($"{Path}/{id}");

        await response.Refusal(410, "output_expired");
    }

    /// <summary>Lets the account's preflights end with this report.</summary>
    private async Task<Func<string, JobView>> Prepare(TestAccount account, string report, long credits = 1000)
    {
        var key = $"preflights/{Guid.NewGuid():N}";
        await Store($"{key}/report.json", report.Replace("preflights/KEY", key, StringComparison.Ordinal));
        await Store($"{key}/face-0.jpg", "a face");
        gateway.World.Opened[account.Id] = new(account.Id, World.Pro, credits, 0);
        JobView Ended(string id) => View(id) with { Status = JobStatus.Completed, InspectionKey = $"{key}/report.json" };
        return gateway.World.Preflights[account.Id] = Ended;
    }

    private async Task Store(string key, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await gateway.Store.Put(key, content, content.Length, CancellationToken.None);
    }

    private static JobView View(string id) => new()
    {
        JobId = id, InputType = InputType.Video, Status = JobStatus.Processing, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Progress = 0,
    };

    private static int Number(JsonElement data, string name) => data.GetProperty(name).GetInt32();

    private static IEnumerable<string?> Codes(JsonElement data) =>
        data.GetProperty("blocking").EnumerateArray().Select(error => error.GetProperty("code").GetString());

    /// <summary>The refusal without what differs from request to request.</summary>
    private static async Task<string> Anonymous(HttpClient client, string id)
    {
        using var response = await client.GetAsync($"{Path}/{id}");
        var body = await response.Refusal(404, "not_found");
        return body.GetRawText().Replace(body.GetProperty("requestId").GetString()!, "", StringComparison.Ordinal);
    }

    private async Task LetTimePassUntil(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!holds())
        {
            gateway.Time.Advance(TimeSpan.FromMilliseconds(100));
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }
}
