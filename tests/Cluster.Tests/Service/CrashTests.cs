using System.Collections.Concurrent;
using System.Diagnostics;
using LipSync.Silo.Storage.Sqlite;

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
        var job = await service.Submit(new { imageUrl = await service.Upload(media.Portrait), audioUrl = await service.Upload(media.LongSpeech) });
        var parts = Path.Combine(service.Data, "media", "jobs", job, "parts");
        await service.Until(job, _ => Chunks(parts).Count > 0);
        await service.Kill();
        var done = Chunks(parts);
        using var watcher = new FileSystemWatcher(Path.Combine(service.Data, "media", "jobs")) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        var written = new ConcurrentBag<string>();
        watcher.Created += (_, change) => written.Add(Path.GetFileName(change.FullPath));
        watcher.Renamed += (_, change) => written.Add(Path.GetFileName(change.FullPath));

        var restart = Stopwatch.StartNew();
        await service.Start();
        await service.Until(job, _ => written.Any(IsChunk));
        Assert.InRange(restart.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        var ended = await service.UntilEnded(job);

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
        var job = await service.Submit(new { imageUrl = await service.Upload(media.Portrait), audioUrl = await service.Upload(media.LongSpeech) });
        await service.Until(job, status => status.GetProperty("status").GetString() == "processing");

        var stop = Stopwatch.StartNew();
        var exitCode = await service.Terminate();

        Assert.Equal(0, exitCode);
        Assert.InRange(stop.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await service.Start();
        Assert.Equal("completed", (await service.UntilEnded(job)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Terminate_WhileAnUploadTrickles_DoesNotWaitForIt()
    {
        await using var service = new ServiceProcess();
        await service.Start();
        using var endless = new TricklingContent();
        var upload = service.Http.PostAsync(new Uri("/api/v1/uploads", UriKind.Relative), endless);
        await endless.Began;

        var stop = Stopwatch.StartNew();
        await service.Terminate();

        Assert.InRange(stop.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<HttpRequestException>(() => upload);
    }

    [Fact]
    public async Task Start_OnADataFolderInUse_EndsWithOneSentence()
    {
        await using var service = new ServiceProcess();
        await service.Start();

        var start = new ProcessStartInfo("dotnet", [typeof(SqliteDatabase).Assembly.Location]) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["LipSync__Data__Folder"] = service.Data;
        using var second = Process.Start(start)!;
        var sentence = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith($"The data folder '{service.Data}' can't be used", sentence, StringComparison.Ordinal);
        Assert.Single(sentence.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsChunk(string name) => name.StartsWith("chunk-", StringComparison.Ordinal);

    private static HashSet<string> Chunks(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "chunk-*.mp4").Select(Path.GetFileName).OfType<string>()] : [];
}
