using System.Diagnostics;
using System.Globalization;
using System.Text;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Reconciliation;
using LipSync.Slots;
using LipSync.Statements;
using LipSync.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;

namespace LipSync.Tests.Hosting;

/// <summary>One silo in this process whose clock stands still, with every outside thing in memory.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly string scratch = Path.Combine(Path.GetTempPath(), $"lipsync-test-scratch-{Guid.NewGuid():N}");
    private readonly InProcessTestCluster cluster;

    private TestSilo(bool withSlots, MemoryProjections? projections, TimeSpan adoptionWindow, Dictionary<string, string?>? settings, MemoryState? state)
    {
        Media = new(Time);
        Projections = projections ?? new();
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSiloHost((_, host) => host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["LipSync:Slots:CpuSlots"] = "2",
            ["LipSync:Dispatch:AdoptionWindow"] = adoptionWindow.ToString(),
            ["LipSync:Slots:ScratchFolder"] = scratch,

            // The tests' clock runs ahead of the slots, which would lose leases that they never neglected.
            ["LipSync:Dispatch:LeaseDuration"] = withSlots ? "00:02:00" : "00:00:15",
        }).AddInMemoryCollection(settings ?? []));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Time);
            if (state is null)
            {
                silo.Services.AddSingleton<MemoryState>();
            }
            else
            {
                silo.Services.AddSingleton(state);
            }

            silo.Services.AddKeyedSingleton<IGrainStorage>(GrainStorage.Name, (services, _) => services.GetRequiredService<MemoryState>());
            silo.Services.AddSingleton<IMediaStore>(Media);
            silo.Services.AddSingleton<IJobProjection>(Projections);
            silo.Services.AddSingleton<ILedgerProjection>(Projections);
            silo.Services.AddSingleton<IAccountProjection>(Projections);
            silo.Services.AddSingleton<ILipSyncEngine>(Engine);
            silo.AddIncomingGrainCallFilter(Calls);
            silo.AddIncomingGrainCallFilter(Silence);
            silo.AddIncomingGrainCallFilter(Failures);
            silo.UseInMemoryReminderService();
            silo.AddLipSyncGrains();

            // Its passes would come in between wherever a test lets more than a minute pass.
            silo.Services.Remove(silo.Services.Single(service => service.ImplementationType == typeof(ReconciliationStarter)));
            if (withSlots)
            {
                silo.AddLipSyncSlots(SlotKinds.All);
            }
        });
        cluster = builder.Build();
    }

    public TestClock Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public MemoryMedia Media { get; }

    public MemoryProjections Projections { get; }

    public FakeEngine Engine { get; } = new();

    public CountedCalls Calls { get; } = new();

    public SilentCalls Silence { get; } = new();

    public FailingCalls Failures { get; } = new();

    public MemoryState State => cluster.Silos[0].ServiceProvider.GetRequiredService<MemoryState>();

    public IGrainFactory Grains => cluster.Client;

    public IAccountGrain Account => Grains.GetGrain<IAccountGrain>(Samples.Account);

    public IWorkQueueGrain Queue(string pool) => Grains.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf(pool, 0));

    public ISlotDirectoryGrain Slots => Grains.GetGrain<ISlotDirectoryGrain>(ISlotDirectoryGrain.Key);

    /// <summary>This process's slots, which can be looked at also while it stops.</summary>
    public LocalSlots LocalSlots => cluster.Silos[0].ServiceProvider.GetRequiredService<LocalSlots>();

    /// <summary>One of this process's slots.</summary>
    public IInferenceGrain Slot(string device) => Grains.GetGrain<IInferenceGrain>($"{Environment.MachineName}/{device}");

    public IJobGrain Job(string jobId) => Grains.GetGrain<IJobGrain>(jobId);

    public Task Deactivate(IAddressable grain) => cluster.DeactivateAsync(grain);

    /// <summary>Stops the process as SIGTERM does; time passes meanwhile.</summary>
    public Task Stop() => LetTimePass(cluster.StopAllSilosAsync());

    /// <summary>Waits until a slot takes nothing more, while time passes by itself.</summary>
    public static async Task Drained(SlotPump slot)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (slot.Status.Report.State is not SlotState.Draining)
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <param name="state">The records of another silo, of a cluster of its own: grains then have an activation in each.</param>
    /// <param name="adoptionWindow">None by default: while the clock stands still it would never end.</param>
    public static async Task<TestSilo> Start(
        bool withSlots = false,
        long credits = 1000,
        MemoryProjections? projections = null,
        TimeSpan adoptionWindow = default,
        Dictionary<string, string?>? settings = null,
        MemoryState? state = null)
    {
        var silo = new TestSilo(withSlots, projections, adoptionWindow, settings, state);
        await silo.cluster.DeployAsync();
        await silo.Account.Open(Plan.Free, credits);
        silo.Upload("uploads/speech", 11);
        silo.Upload("uploads/video", 300);
        return silo;
    }

    /// <summary>
    /// Lets time pass until something holds. Messages and timer ticks of a silo come in no order that a test could rely on, so no
    /// single step of the clock is sure to come after what it should set off. Small steps: the silo's own calls time out by this clock.
    /// </summary>
    public Task AdvanceUntil(Func<bool> holds) => AdvanceUntil(async () =>
    {
        await Queue("round trip").Position("none");
        return holds();
    });

    /// <summary>The same for what only a call can tell.</summary>
    public async Task AdvanceUntil(Func<Task<bool>> holds)
    {
        for (var step = 0; !await Answered(holds()); step++)
        {
            Assert.True(step < 10_000, "It never came to hold.");
            Time.Advance(TimeSpan.FromMilliseconds(100));

            // Files are written in real time: a clock that runs ahead too fast ends leases that their slots never neglected.
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }

        async Task<bool> Answered(Task<bool> call)
        {
            // A call to a grain that just went waits for a timer of Orleans.
            while (await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(100))) != call)
            {
                Time.Advance(TimeSpan.FromMilliseconds(100));
            }

            return await call;
        }
    }

    /// <summary>From now on no slot can write anything.</summary>
    public void FillDisk()
    {
        DeleteScratch();
        File.WriteAllText(scratch, "A file where a folder should be.");
    }

    public void Upload(string key, double number) => Media.Add(key, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Submits the sample job under a new id.</summary>
    public async Task<string> Submit(JobSpec? spec = null)
    {
        var jobId = JobId.New(Time.GetUtcNow());
        Assert.True((await Job(jobId).Submit(spec ?? Samples.Spec())).Accepted);
        return jobId;
    }

    /// <summary>The next item of a pool, whenever it comes by the test's clock.</summary>
    public async Task<Lease> TakeInTheEnd(string pool)
    {
        Lease? lease;
        while ((lease = await Queue(pool).Take("test", TimeSpan.FromSeconds(10), CancellationToken.None)) is null)
        {
        }

        return lease;
    }

    /// <summary>The next item of a pool, which must be waiting.</summary>
    public async Task<Lease> Take(string pool)
    {
        var lease = await Queue(pool).Take("test", TimeSpan.FromSeconds(10), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        return lease ?? throw new InvalidOperationException("Nothing waits.");
    }

    /// <summary>Takes the next item of a pool and begins it.</summary>
    public async Task<Lease> Begin(string pool)
    {
        var lease = await Take(pool);
        Assert.NotNull(await Job(lease.Item.Id.JobId).BeginItem(lease.Item.Id, lease.Fence));
        return lease;
    }

    /// <summary>Reports a result as a slot does, and lets go of the lease.</summary>
    public async Task<bool> Finish(Lease lease, StageResult result)
    {
        var accepted = await Job(lease.Item.Id.JobId).FinishItem(new(lease.Item.Id, lease.Fence, result, Error: null, Retryable: false));
        await Queue(lease.Item.Id.Stage is Stage.Ingest or Stage.Assemble ? Pools.Cpu : Pools.Gpu).Complete(lease.Item.Id, lease.Fence);
        return accepted;
    }

    public Task<bool> Fail(Lease lease, string code, bool retryable) => Job(lease.Item.Id.JobId)
        .FinishItem(new(lease.Item.Id, lease.Fence, Result: null, new(code, "It failed."), retryable));

    /// <summary>Does the ingest and analyze items of the only job, so that its chunks wait.</summary>
    public async Task ReachRendering(int frames = 275)
    {
        await Finish(await Begin(Pools.Cpu), Samples.Media(frames));
        foreach (var device in Enumerable.Range(0, 4))
        {
            await Grains.GetGrain<ISlotDirectoryGrain>(ISlotDirectoryGrain.Key).Announce(
                new($"test/cpu-{device}", "test", $"cpu-{device}", Pools.Gpu, SlotState.Ready, Time.GetUtcNow(), "none", 0, 0, Item: null));
        }

        await Finish(await Begin(Pools.Gpu), Samples.Analysis(frames));
    }

    /// <summary>Does a whole job of 50 frames; answers where its output lies.</summary>
    public async Task<(string JobId, string OutputKey)> Complete(JobSpec? spec = null)
    {
        var jobId = await Submit(spec);
        await ReachRendering(frames: 50);
        await Finish(await Begin(Pools.Gpu), new RenderResult());
        var last = await Begin(Pools.Cpu);
        var output = ArtifactKeys.Output(jobId, last.Fence);
        Media.Add(output, [1]);
        Assert.True(await Finish(last, new AssembleResult(output, 50)));
        return (jobId, output);
    }

    public async ValueTask DisposeAsync()
    {
        Silence.End();
        await LetTimePass(cluster.DisposeAsync().AsTask());
        DeleteScratch();
    }

    private async Task LetTimePass(Task until)
    {
        var began = Stopwatch.GetTimestamp();
        while (!until.IsCompleted)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(2), "The silo doesn't stop.");
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(until, Task.Delay(TimeSpan.FromMilliseconds(5)));
        }

        await until;
    }

    private void DeleteScratch()
    {
        if (Directory.Exists(scratch))
        {
            Directory.Delete(scratch, recursive: true);
        }

        File.Delete(scratch);
    }
}
