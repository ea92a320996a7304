using System.Net;
using System.Text.Json;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Faults;

/// <summary>One cluster; before each test a process is started anew that will kill itself at one point of a job, and again after that.</summary>
public sealed class KillPointTests(KillPointTests.UndisturbedCluster fixture) : IClassFixture<KillPointTests.UndisturbedCluster>
{
    private LocalCluster Cluster => fixture.Cluster;

    [Theory]
    [InlineData("control-1", "after IAccountGrain.Reserve")]
    [InlineData("control-1", "after IWorkQueueGrain.Enqueue 1 Render")]
    [InlineData("control-1", "before IAccountGrain.Settle")]
    [InlineData("gpu-1", "after IWorkQueueGrain.Take 1 gpu")]
    [InlineData("gpu-1", "after IMediaStore.PutFile 1 chunk-")]
    [InlineData("gpu-1", "before IJobGrain.FinishItem")]
    [InlineData("gateway-1", "after IJobGrain.Submit")]
    public Task Kill_AtThisPoint_TheJobEndsOnceAsIfNothingHadHappened(string victim, string point) => KillAt(victim, point);

    [Theory]
    [Trait(Sets.Trait, Sets.Long)]
    [InlineData("control-1", "before IJobProjection.Upsert")]
    [InlineData("control-1", "before ILedgerProjection.Append")]
    [InlineData("control-1", "after IWorkQueueGrain.Enqueue 1 Ingest")]
    [InlineData("control-1", "before IMediaStore.PutFile 1 output.mp4")]
    [InlineData("control-1", "after IMediaStore.PutFile 1 output.mp4")]
    [InlineData("control-1", "after IAccountGrain.Settle")]
    [InlineData("control-1", "before IJobProjection.Upsert 1 Completed")]
    [InlineData("control-1", "after IJobProjection.Upsert 1 Completed")]
    [InlineData("gpu-1", "after IJobGrain.BeginItem")]
    [InlineData("gpu-1", "before IMediaStore.PutFile 1 chunk-")]
    [InlineData("gpu-1", "after IJobGrain.FinishItem")]
    [InlineData("gateway-1", "before IJobGrain.Submit")]
    [InlineData("gateway-1", "after IIdempotencyGrain.Begin")]
    [InlineData("gateway-1", "before IIdempotencyGrain.Complete")]
    public Task Kill_AtThatPoint_TheJobEndsOnceAsIfNothingHadHappened(string victim, string point) => KillAt(victim, point);

    [Fact]
    [Trait(Sets.Trait, Sets.Long)]
    public async Task Kill_WithTheCreditsHeldAndNoKeyToAskAgain_TheJobIsWithdrawnOnceItsSiloIsBack()
    {
        var control = await StartWithFault("control-1", "before IJobProjection.Upsert");

        var job = await UnansweredJob();
        await control.Exited(Evidence.Patience);
        Assert.NotNull(Cluster.FaultNote("control-1"));
        Assert.Contains(job, (await Evidence.LedgerOf(Cluster)).Holds);
        await control.Start();
        var ended = await Cluster.Client.UntilEnded(job, Evidence.Patience);
        Assert.Equal(("cancelled", 0), (ended.GetProperty("status").GetString(), ended.GetProperty("creditsUsed").GetInt64()));
        await Evidence.LedgerAgrees(Cluster);
    }

    [Fact]
    [Trait(Sets.Trait, Sets.Long)]
    public async Task Kill_TheAccountsSiloBeforeItPublishesASettlement_TheTableGetsItAllTheSame()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Controls = 2, Settings = Sets.ShortLeases });
        var note = Path.Combine(cluster.Media, "account.fault");
        ProgramProcess[] controls = [cluster.Named("control-1"), cluster.Named("control-2")];
        foreach (var control in controls)
        {
            // Whichever hosts the account dies, and only that one.
            await control.Terminate();
            await control.Start(("LIPSYNC_FAULT", "before ILedgerProjection.Append 1 Settle"), ("LIPSYNC_FAULT_NOTE", note));
        }

        await cluster.SubmitOnce(new { imageUrl = await cluster.UploadSpeech(1, "video"), audioUrl = await cluster.UploadSpeech(4) });

        // Looks at tables only: a request would wake the account, which then publishes by itself.
        await Evidence.LedgerAgrees(cluster);
        Assert.True(File.Exists(note));
        Assert.Single(controls, control => control.HasExited);
    }

    /// <summary>Asks without a key until the request gets as far as its job, which gives no answer.</summary>
    private async Task<string> UnansweredJob()
    {
        using var limit = new CancellationTokenSource(Evidence.Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            using var response = await Cluster.Client.Post("/api/v1/lipsync/generate", fixture.Request);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            if (JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.TryGetProperty("jobId", out var job))
            {
                return job.GetString()!;
            }

            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    private async Task<ProgramProcess> StartWithFault(string victim, string point)
    {
        var program = Cluster.Named(victim);
        await program.Terminate();
        Cluster.ForgetFault(victim);
        await program.Start(("LIPSYNC_FAULT", point));
        return program;
    }

    private async Task KillAt(string victim, string point)
    {
        var program = await StartWithFault(victim, point);
        var revived = Revive(program);

        // Several, for one slot may do a small job alone before the other wakes up.
        var jobs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Cluster.SubmitOnce(fixture.Request)));
        var outputs = new List<string>();
        foreach (var job in jobs)
        {
            outputs.Add(await Evidence.OutputOf(Cluster, job));
        }

        await revived;
        Assert.StartsWith(string.Join(' ', point.Split(' ').Take(2)), Cluster.FaultNote(victim), StringComparison.Ordinal);
        Assert.All(outputs, output => Assert.Equal(fixture.Undisturbed, output));
        Assert.Equal(jobs.Length, jobs.Distinct(StringComparer.Ordinal).Count());
        await Evidence.LedgerAgrees(Cluster);
    }

    private static async Task Revive(ProgramProcess program)
    {
        await program.Exited(Evidence.Patience);
        await program.Start();
    }

    public sealed class UndisturbedCluster : IAsyncLifetime
    {
        public LocalCluster Cluster { get; private set; } = null!;

        public object Request { get; private set; } = null!;

        /// <summary>The hash of the output of a job that nothing happened to.</summary>
        public string Undisturbed { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Cluster = await LocalCluster.Start(new ClusterShape { FrameMilliseconds = 5, Settings = Sets.ShortLeases });
            Request = new { imageUrl = await Cluster.UploadSpeech(1, "video"), audioUrl = await Cluster.UploadSpeech(32) };
            Undisturbed = await Evidence.OutputOf(Cluster, await Cluster.SubmitOnce(Request));
        }

        public async Task DisposeAsync() => await Cluster.DisposeAsync();
    }
}
