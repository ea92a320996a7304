using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Lipsync;

[Collection(GatewayCollection.Name)]
public sealed partial class StatusTests(GatewayFixture gateway)
{
    private static readonly DateTimeOffset Created = new(2026, 5, 1, 13, 30, 0, 120, TimeSpan.FromHours(2));

    [Fact]
    public async Task Status_QueuedJob_AnswersExactlyTheContractsMembers()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => View(id) with { QueuePosition = 3, EstimatedTimeRemaining = TimeSpan.FromSeconds(40.2) });

        var text = await client.GetStringAsync($"/api/v1/lipsync/status/{id}");

        Assert.Equal(
            $$$"""{"success":true,"data":{"jobId":"{{{id}}}","inputType":"video","status":"queued","createdAt":"2026-05-01T11:30:00.120Z","updatedAt":"2026-05-01T11:30:00.120Z","progress":0,"queuePosition":3,"estimatedTimeRemaining":41}}""",
            text);
    }

    [Fact]
    public async Task Status_CompletedJob_AnswersExactlyTheContractsMembers()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, Completed);

        var text = await client.GetStringAsync($"/api/v1/lipsync/status/{id}");

        var expires = gateway.Time.GetUtcNow().ToUnixTimeSeconds() + 3600;
        var expected = "{\"success\":true,\"data\":{\"jobId\":\"" + id + "\",\"inputType\":\"video\",\"status\":\"completed\","
            + "\"outputUrl\":\"" + gateway.Url + "api/v1/media/jobs/" + id + "/output.mp4?expires=" + expires + "&signature=SIGNATURE\","
            + "\"createdAt\":\"2026-05-01T11:30:00.120Z\",\"updatedAt\":\"2026-05-01T11:30:00.120Z\",\"processingTime\":12.3,\"progress\":100,"
            + "\"creditsUsed\":5,\"report\":{\"width\":720,\"height\":1280,\"fps\":25,\"frames\":275,\"duration\":11,"
            + "\"bytes\":123456,\"sha256\":\"" + new string('a', 64) + "\",\"facesFound\":1,\"framesWithFace\":275}}}";
        Assert.Equal(expected, Signature().Replace(text, "signature=SIGNATURE"));
    }

    [Fact]
    public async Task Status_ReviewedJob_AnswersTheReportWithLinksToItsPictures()
    {
        using var client = gateway.NewClient(out var account);
        using var anyone = gateway.NewAnonymousClient();
        var id = gateway.World.NewJob(account, id => Completed(id) with { Review = new($"jobs/{id}/report.json", $"jobs/{id}/contact-sheet.png", $"jobs/{id}/mouth.svg") });
        const string Members = "\"opening\":{\"r\":0.95,\"lagMs\":40,\"frames\":150},\"closures\":{\"asked\":4,\"checked\":3,\"achieved\":2},"
            + "\"exemplars\":{\"gathered\":90,\"shown\":60,\"cuts\":12,\"drawnFrames\":275,\"paintedFrames\":0},"
            + "\"source\":{\"offsetMs\":120,\"genericR\":0.4,\"adaptedR\":0.6,\"adaptation\":0.7},\"warnings\":[\"The face is small.\"]";
        const string Faces = "\"faces\":[{\"start\":0,\"end\":9.5,\"state\":\"synced\"},{\"start\":9.5,\"end\":11,\"state\":\"passed_through\",\"reason\":\"turned_away\"}],";
        await Store($"jobs/{id}/report.json", "{" + Faces + "\"facesOmitted\":0," + Members + "}");
        await Store($"jobs/{id}/contact-sheet.png", "sheet");
        await Store($"jobs/{id}/mouth.svg", "plot");

        var report = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/lipsync/status/{id}")).RootElement.GetProperty("data").GetProperty("report");

        Assert.Contains(Faces + Members + ",\"contactSheetUrl\"", report.GetRawText(), StringComparison.Ordinal);
        foreach (var (member, type, content) in new[] { ("contactSheetUrl", "image/png", "sheet"), ("plotUrl", "image/svg+xml", "plot") })
        {
            using var opened = await anyone.GetAsync(report.GetProperty(member).GetString());
            Assert.Equal((type, content), (opened.Content.Headers.ContentType?.ToString(), await opened.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task Status_ReviewDeletedOrWithoutPictures_AnswersTheRest()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => Completed(id) with { Review = new($"jobs/{id}/report.json", null, null) });

        var report = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/lipsync/status/{id}")).RootElement.GetProperty("data").GetProperty("report");

        Assert.Equal("width height fps frames duration bytes sha256 facesFound framesWithFace", string.Join(' ', report.Members()));
    }

    [Fact]
    public async Task Status_CompletedJob_OutputUrlOpensWithoutAKeyForOneHour()
    {
        using var client = gateway.NewClient(out var account);
        using var anyone = gateway.NewAnonymousClient();
        var id = gateway.World.NewJob(account, Completed);
        using var content = new MemoryStream([1, 2, 3]);
        await gateway.Store.Put($"jobs/{id}/output.mp4", content, 3, CancellationToken.None);
        var url = await OutputUrl(client, id);

        Assert.Equal([1, 2, 3], await anyone.GetByteArrayAsync(url));

        gateway.Time.Advance(TimeSpan.FromMinutes(61));
        using var late = await anyone.GetAsync(url);
        await late.Refusal(410, "output_expired");
        Assert.Equal([1, 2, 3], await anyone.GetByteArrayAsync(await OutputUrl(client, id)));
    }

    [Fact]
    public async Task Status_FailedJob_TellsWhy()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => View(id) with
        {
            Status = JobStatus.Failed, Stage = Stage.Ingest, CreditsUsed = 0, Error = new JobError("no_video_stream", "The file has no picture."),
        });

        var data = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/lipsync/status/{id}")).RootElement.GetProperty("data");

        Assert.Equal("failed", data.GetProperty("status").GetString());
        Assert.Equal("ingest", data.GetProperty("stage").GetString());
        Assert.Equal(0, data.GetProperty("creditsUsed").GetInt64());
        Assert.Equal("""{"code":"no_video_stream","message":"The file has no picture."}""", data.GetProperty("error").GetRawText());
    }

    [Theory]
    [InlineData("job_0123456789abcdef0123456789abcdef")]
    [InlineData("job_0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("job_1")]
    [InlineData("job_0123456789abcdef0123456789abcdef%0d%0aX-Evil:1")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    public async Task Status_UnknownOrMalformedId_IsNotFound(string id)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.GetAsync($"/api/v1/lipsync/status/{id}");

        await response.Refusal(404, "not_found");
    }

    [Fact]
    public async Task Status_ForeignJob_AnswersExactlyAsAnUnknownOne()
    {
        using var client = gateway.NewClient(out _);
        var foreign = gateway.World.NewJob(gateway.World.NewAccount(), View);

        using var forForeign = await client.GetAsync($"/api/v1/lipsync/status/{foreign}");
        using var forUnknown = await client.GetAsync($"/api/v1/lipsync/status/{JobId.New(Created)}");

        Assert.Equal(HttpStatusCode.NotFound, forForeign.StatusCode);
        Assert.Equal(WithoutRequestId(await forUnknown.Content.ReadAsStringAsync()), WithoutRequestId(await forForeign.Content.ReadAsStringAsync()));
        Assert.Equal(
            forUnknown.Headers.Select(header => header.Key).ToHashSet(StringComparer.Ordinal),
            forForeign.Headers.Select(header => header.Key).ToHashSet(StringComparer.Ordinal));
    }

    private async Task Store(string key, string text)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        await gateway.Store.Put(key, content, content.Length, CancellationToken.None);
    }

    private static JobView View(string id) => new()
    {
        JobId = id, InputType = InputType.Video, Status = JobStatus.Queued, CreatedAt = Created, UpdatedAt = Created, Progress = 0,
    };

    private static JobView Completed(string id) => View(id) with
    {
        Status = JobStatus.Completed,
        OutputKey = $"jobs/{id}/output.mp4",
        ProcessingTime = TimeSpan.FromSeconds(12.34),
        Progress = 100,
        CreditsUsed = 5,
        Report = new JobReport(720, 1280, 25, 275, 11, 1, 275, 123_456, new string('a', 64)),
    };

    private static async Task<string> OutputUrl(HttpClient client, string id) =>
        JsonDocument.Parse(await client.GetStringAsync($"/api/v1/lipsync/status/{id}")).RootElement.GetProperty("data").GetProperty("outputUrl").GetString()!;

    private static string WithoutRequestId(string json) => RequestId().Replace(json, "");

    [GeneratedRegex("signature=[A-Za-z0-9_-]{43}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Signature();

    [GeneratedRegex("\"requestId\":\"[^\"]+\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RequestId();
}
