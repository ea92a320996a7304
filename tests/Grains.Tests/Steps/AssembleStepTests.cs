using System.Security.Cryptography;
using System.Text;
using LipSync.Jobs;
using LipSync.Steps;
using LipSync.Storage;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LipSync.Tests.Steps;

public sealed class AssembleStepTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lipsync-assemble-");
    private readonly MemoryMedia store = new(new FakeTimeProvider());
    private readonly FakeEngine engine = new();

    public AssembleStepTests()
    {
        foreach (var key in new[] { "chunk", "media/speech/s.flac", "media/faces/f", "plan" })
        {
            store.Add(key, Encoding.UTF8.GetBytes(key));
        }

        store.Add("plan.json", """{"faces":[{"firstFrame":0,"frames":25,"state":"passed_through","reason":"turned_away"}],"exemplars":{}}"""u8.ToArray());
    }

    [Fact]
    public async Task Run_ReviewFails_IsAFailureOfTheMachineAndDeliversNothing()
    {
        engine.BeforeReview = () => throw new IOException("The test's disk is full.");

        await Assert.ThrowsAsync<IOException>(() => Run(isLastAttempt: false));

        Assert.False(await store.Exists("output", default));
    }

    [Fact]
    public async Task Run_ReviewFailsOnTheLastAttempt_DeliversTheVideoAndSaysThatNobodyCheckedIt()
    {
        engine.BeforeReview = () => throw new IOException("The test's disk is full.");

        var result = await Run(isLastAttempt: true);

        Assert.Equal(new ReviewKeys("report", null, null), result.Review);
        Assert.Equal(1, engine.Calls["Review"]);
        Assert.True(await store.Exists("output", default));
        using var report = new StreamReader((await store.Open("report", default))!);
        var json = await report.ReadToEndAsync();
        Assert.Contains("The face is turned away from 0:00 to 0:01", json, StringComparison.Ordinal);
        Assert.Contains("could not be checked", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputStored_AnswersItsSizeAndHash()
    {
        var result = await Run(isLastAttempt: false);

        var stored = store.Read("output");
        Assert.NotEmpty(stored);
        Assert.Equal(new("output", 25, new("report", "sheet", "plot"), stored.Length, Convert.ToHexStringLower(SHA256.HashData(stored))), result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Run_StoreKeepsSomethingElse_IsAFailureOfTheMachine(int more)
    {
        var changed = false;
        store.Stored = (key, bytes) =>
        {
            changed |= key == "output";
            return key == "output" ? [.. new byte[bytes.Length + more]] : bytes;
        };

        await Assert.ThrowsAsync<IOException>(() => Run(isLastAttempt: true));

        Assert.True(changed);
    }

    [Fact]
    public async Task Run_StoreLosesTheOutput_IsAFailureOfTheMachine()
    {
        var lost = false;
        store.Stored = (key, bytes) =>
        {
            lost |= key == "output";
            return key == "output" ? null : bytes;
        };

        await Assert.ThrowsAsync<IOException>(() => Run(isLastAttempt: true));

        Assert.True(lost);
    }

    [Fact]
    public async Task Run_CancelledOnTheLastAttempt_IsNoReasonToDeliverUnchecked()
    {
        using var stop = new CancellationTokenSource();
        engine.BeforeReview = () =>
        {
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        };

        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(isLastAttempt: true, stop.Token));

        Assert.False(await store.Exists("output", default));
    }

    [Fact]
    public async Task Run_ByASlotThatLostTheItem_LeavesTheReportedOutputAsItIs()
    {
        var reported = await RunUnder(fence: 2);
        var output = store.Read(reported.OutputKey);

        // What a late writer makes of it, on another version or a machine that broke, is anything but the same.
        store.Add("chunk", "another chunk"u8.ToArray());
        var late = await RunUnder(fence: 1);
        Assert.NotEqual(output, store.Read(late.OutputKey));
        Assert.Equal(output, store.Read(reported.OutputKey));

        await Steps().Discard(new("job", Stage.Assemble, 0), 1, default);
        Assert.False(await store.Exists(late.OutputKey, default));
        Assert.False(await store.Exists(late.Review!.ReportKey, default));
        Assert.Equal(output, store.Read(reported.OutputKey));
        Assert.True(await store.Exists(reported.Review!.ReportKey, default));
    }

    [Fact]
    public async Task Discard_OfAStageWhoseArtifactsAreShared_DeletesNothing()
    {
        var before = store.Keys.Count;
        await Steps().Discard(new("job", Stage.Render, 0), 1, default);
        Assert.Equal(before, store.Keys.Count);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<AssembleResult> Run(bool isLastAttempt, CancellationToken cancellationToken = default) =>
        RunStep(new(Samples.Media(25), ["chunk"], "output", Samples.Analysis(25), new("report", "sheet", "plot"), isLastAttempt), cancellationToken);

    private Task<AssembleResult> RunUnder(long fence) => RunStep(
        new(Samples.Media(25), ["chunk"], ArtifactKeys.Output("job", fence), Samples.Analysis(25), ArtifactKeys.Review("job", fence), IsLastAttempt: false), default);

    private Task<AssembleResult> RunStep(AssembleOrder order, CancellationToken cancellationToken)
    {
        File.Delete(Path.Combine(folder.FullName, "output.mp4"));
        return Step().Run(order, new("job", folder.FullName, new Progress<double>()), cancellationToken);
    }

    private AssembleStep Step() => new(engine, store, NullLogger<AssembleStep>.Instance);

    private WorkSteps Steps() => new(null!, null!, null!, Step(), null!, store);
}
