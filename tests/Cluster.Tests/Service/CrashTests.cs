using System.Collections.Concurrent;
using System.Diagnostics;
using LipSync.Silo;
using LipSync.Tests.Faults;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Service;

/// <summary>The service dies and comes back.</summary>
public class CrashTests
{
    [Fact]
    public async Task Kill_InMidRender_LosesNothingAndRendersNothingTwice()
    {
        using var media = new TestMedia();
        await using var service = new ServiceProcess();
        await service.Start();
        var job = await service.Client.Submit(new { imageUrl = await service.Client.Upload(media.Portrait), audioUrl = await service.Client.Upload(media.LongSpeech) });
        var parts = Path.Combine(service.Data, "media", "jobs", job, "parts");
        await service.Client.Until(job, _ => Chunks(parts).Count > 0);
        await service.Kill();
        var done = Chunks(parts);
        using var watcher = new FileSystemWatcher(Path.Combine(service.Data, "media", "jobs")) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        var written = new ConcurrentBag<string>();
        watcher.Created += (_, change) => written.Add(Path.GetFileName(change.FullPath));
        watcher.Renamed += (_, change) => written.Add(Path.GetFileName(change.FullPath));

        var restart = Stopwatch.StartNew();
        await service.Start();
        await service.Client.Until(job, _ => written.Any(IsChunk));
        Assert.InRange(restart.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10) * Sets.Slack);
        var ended = await service.Client.UntilEnded(job);

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.NotEmpty(done);
        Assert.Contains(written, IsChunk); // the kill came in mid render
        Assert.Empty(done.Intersect(written, StringComparer.Ordinal));
        Assert.Equal(1000 - ended.GetProperty("creditsUsed").GetInt64(), await ServiceFixture.Credits(service));
        Assert.True(ended.GetProperty("creditsUsed").GetInt64() > 0);
    }

    [Fact]
    public async Task Terminate_WhileAJobRuns_StopsCleanlyAndTheJobGoesOnAfterwards()
    {
        using var media = new TestMedia();
        await using var service = new ServiceProcess();
        await service.Start();
        var job = await service.Client.Submit(new { imageUrl = await service.Client.Upload(media.Portrait), audioUrl = await service.Client.Upload(media.LongSpeech) });
        await service.Client.Until(job, status => status.GetProperty("status").GetString() == "processing");

        var stop = Stopwatch.StartNew();
        var exitCode = await service.Terminate();

        Assert.Equal(0, exitCode);
        Assert.InRange(stop.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10) * Sets.Slack);
        await service.Start();
        Assert.Equal("completed", (await service.Client.UntilEnded(job)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Terminate_WhileAnUploadTrickles_DoesNotWaitForIt()
    {
        await using var service = new ServiceProcess();
        await service.Start();
        using var endless = new TricklingContent();
        var upload = service.Client.Http.PostAsync(new Uri("/api/v1/uploads", UriKind.Relative), endless);
        await endless.Began;

        var stop = Stopwatch.StartNew();
        await service.Terminate();

        Assert.InRange(stop.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10) * Sets.Slack);
        await Assert.ThrowsAsync<HttpRequestException>(() => upload);
    }

    [Fact]
    public async Task Start_OnADataFolderInUse_EndsWithOneSentence()
    {
        await using var service = new ServiceProcess();
        await service.Start();

        await using var second = new ProgramProcess(
            typeof(SiloProgram).Assembly.Location, new Dictionary<string, string>(StringComparer.Ordinal) { ["LipSync:Data:Folder"] = service.Data });
        var (exitCode, sentence) = await second.RunToItsEnd();

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"The data folder '{service.Data}' can't be used", sentence, StringComparison.Ordinal);
        Assert.Single(sentence.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsChunk(string name) => name.StartsWith("chunk-", StringComparison.Ordinal);

    private static HashSet<string> Chunks(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "chunk-*.mp4").Select(Path.GetFileName).OfType<string>()] : [];
}
