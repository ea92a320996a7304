using System.Text.Json;
using LipSync.Cli;
using LipSync.Cli.Output;
using Microsoft.AspNetCore.Http;

namespace LipSync.Tests;

/// <summary>The client before a stand-in service: what it asks, what it shows, how it ends.</summary>
public sealed class CommandLineTests : IAsyncLifetime, IDisposable
{
    private const string Key = "ls_live_test";

    private readonly string folder = Directory.CreateTempSubdirectory("lipsync-cli-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private StandInService? started;

    private StandInService Service => started!;

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", folder);
        Environment.SetEnvironmentVariable("LIPSYNC_API_KEY", Key);
        started = await StandInService.Start();
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        Environment.SetEnvironmentVariable("LIPSYNC_API_KEY", null);
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", null);
        Directory.Delete(folder, recursive: true);
    }

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Generate_LocalFiles_UploadsSubmitsWaitsAndSaves()
    {
        var (portrait, speech, video) = (NewFile("me.JPG", "picture"), NewFile("a;b,c.wav", "sound"), Path.Combine(folder, "out.mp4"));
        Service.On("POST /api/v1/uploads", StandInService.Data(new { url = "http://x/1" }, 201), StandInService.Data(new { url = "http://x/2" }, 201));
        Service.On("POST /api/v1/lipsync/generate", StandInService.Data(new { jobId = "job_1" }, 202));
        Service.On(
            "GET /api/v1/lipsync/status/job_1",
            StandInService.Data(new { status = "processing", stage = "render", progress = 40 }),
            StandInService.Data(new { status = "completed", progress = 100, outputUrl = $"{Service.Url}/made", creditsUsed = 3 }));
        Service.On("GET /made", Results.Bytes("video"u8.ToArray()));

        var exitCode = await Run("generate", portrait, speech, "-o", video, "--fps", "30", "--metadata", "scene=a=b");

        Assert.Equal((ExitCode.Done, ""), (exitCode, Errors()));
        Assert.Equal("video", await File.ReadAllTextAsync(video));
        var body = JsonDocument.Parse(Service.Requests.Single(asked => asked.Request.EndsWith("generate", StringComparison.Ordinal)).Body).RootElement;
        Assert.Equal(
            """{"imageUrl":"http://x/1","audioUrl":"http://x/2","settings":{"fps":30},"metadata":{"scene":"a=b"}}""", body.GetRawText());
        Assert.Contains("3 credit(s)", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("X-API-Key", Service.Requests.Single(asked => asked.Request == "GET /made").Headers.Keys);
    }

    [Fact]
    public async Task Generate_JobThatFails_SaysWhyAndEndsWithItsExitCode()
    {
        Service.On("POST /api/v1/lipsync/generate", StandInService.Data(new { jobId = "job_1" }, 202));
        Service.On("GET /api/v1/lipsync/status/job_1", StandInService.Data(new { status = "failed", error = new { code = "no_face_found", message = "No face." } }));

        var exitCode = await Run("generate", "https://example.com/v.mp4", "https://example.com/a.mp3");

        Assert.Equal(ExitCode.JobFailed, exitCode);
        Assert.Contains("No face. (no_face_found)", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutAnAnswerAtFirst_IsSentAgainAsTheSameRequest()
    {
        Service.On(
            "POST /api/v1/keys",
            StandInService.Refusal(503, "temporarily_unavailable", "Later."),
            StandInService.Data(new { key = "ls_live_new" }, 201));

        var exitCode = await Run("keys", "create", "phone");

        Assert.Equal((ExitCode.Done, "ls_live_new"), (exitCode, output.ToString().Trim()));
        var keys = Service.Requests.Select(asked => asked.Headers["Idempotency-Key"]).ToList();
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
    }

    [Fact]
    public async Task AnyCommand_ThatIsRefused_SaysTheSentenceAndTheCode()
    {
        Service.On("GET /api/v1/lipsync/status/job_9", StandInService.Refusal(404, "not_found", "There is no such job in this account."));

        Assert.Equal(ExitCode.Refused, await Run("status", "job_9"));
        Assert.Equal("There is no such job in this account. (not_found)", Errors());
    }

    [Fact]
    public async Task Json_OfAList_IsTheAnswersData()
    {
        Service.On("GET /api/v1/lipsync/jobs", StandInService.Data(new { items = new[] { new { jobId = "job_1" } }, nextCursor = "abc" }));

        Assert.Equal(ExitCode.Done, await Run("jobs", "--status", "failed", "--json"));
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse("""{"items":[{"jobId":"job_1"}],"nextCursor":"abc"}""").RootElement, JsonDocument.Parse(output.ToString()).RootElement));
    }

    [Fact]
    public async Task Table_OfAList_HasARowForEachEntry()
    {
        Service.On("GET /api/v1/lipsync/jobs", StandInService.Data(new { items = new[] { new { jobId = "job_1", error = new { code = "[red]" } } }, nextCursor = "abc" }));

        Assert.Equal(ExitCode.Done, await Run("jobs"));
        Assert.Contains("job_1", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[red]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--cursor abc", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generate", "no-such-file.mp4", "https://example.com/a.mp3")]
    [InlineData("generate", "https://example.com/v.mp4", "https://example.com/a.mp3", "--metadata", "scene")]
    [InlineData("generate", "https://example.com/v.mp4", "https://example.com/a.mp3", "--face", "{")]
    [InlineData("status")]
    [InlineData("jobs", "--limit", "many")]
    [InlineData("no-such-command")]
    public async Task Command_GivenWrongly_SaysWhatIsWrongAndAsksNothing(params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await Run(args));
        Assert.NotEmpty(Errors());
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task Command_WithoutAKey_SaysHowToGiveOne()
    {
        Environment.SetEnvironmentVariable("LIPSYNC_API_KEY", null);

        Assert.Equal(ExitCode.Usage, await Run("account"));
        Assert.Contains("LIPSYNC_API_KEY", Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configure_AKeyFromTheInput_IsKeptForItsOwnerAndUsed()
    {
        Environment.SetEnvironmentVariable("LIPSYNC_API_KEY", null);
        Service.On("GET /api/v1/account", StandInService.Data(new { plan = "pro", credits = new { available = 7, held = 2 } }));
        var input = Console.In;
        Console.SetIn(new StringReader(Key + "\n"));
        try
        {
            Assert.Equal(ExitCode.Done, await CommandLine.Run(["configure", "--url", Service.Url], output, error));
        }
        finally
        {
            Console.SetIn(input);
        }

        Assert.Equal(ExitCode.Done, await CommandLine.Run(["account"], output, error));
        Assert.Equal(Key, Service.Requests.Single().Headers["X-API-Key"]);
        Assert.Contains("Plan pro: 7 credits available, 2 held.", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "lipsync", "config.json")));
        Assert.DoesNotContain(Key, output.ToString() + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_NobodyAnswers_EndsAsUnavailable()
    {
        var url = Service.Url;
        await Service.DisposeAsync();

        Assert.Equal(ExitCode.Unavailable, await CommandLine.Run(["account", "--url", url], output, error));
        Assert.Contains("does not answer", Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_SomethingElseAnswers_EndsAsUnavailable()
    {
        Service.On("GET /api/v1/account", Results.Content("<html>", "text/html"));

        Assert.Equal(ExitCode.Unavailable, await Run("account"));
        Assert.Contains("no LipSync service", Errors(), StringComparison.Ordinal);
    }

    private Task<int> Run(params string[] args) => CommandLine.Run([.. args, "--url", Service.Url], output, error);

    // Without the progress bar, which shares the stream.
    private string Errors() => string.Join('\n', error.ToString().Split('\n').Where(line => !line.Contains('%', StringComparison.Ordinal) && !line.StartsWith("Job ", StringComparison.Ordinal))).Trim();

    private string NewFile(string name, string content)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, content);
        return file;
    }
}
