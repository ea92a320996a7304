using LipSync.Jobs;
using LipSync.Slots;
using LipSync.Statements;
using LipSync.Storage;
using LipSync.Accounts;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace LipSync.Tests.Slots;

/// <summary>Several silos in this process, each a worker of its own, on the real clock: membership knows no other.</summary>
internal sealed class WorkerCluster : IAsyncDisposable
{
    private readonly string scratch = Path.Combine(Path.GetTempPath(), $"lipsync-test-scratch-{Guid.NewGuid():N}");
    private readonly Queue<string> names;
    private readonly InProcessTestCluster cluster;

    private WorkerCluster(params string[] workers)
    {
        names = new(workers);
        var projections = new MemoryProjections();
        var media = new MemoryMedia(TimeProvider.System);
        var builder = new InProcessTestClusterBuilder((short)workers.Length);
        builder.ConfigureSiloHost((_, host) => host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["LipSync:Slots:Worker"] = NextName(),
            ["LipSync:Slots:CpuSlots"] = "1",
            ["LipSync:Slots:ScratchFolder"] = scratch,
        }));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<MemoryState>();
            silo.Services.AddKeyedSingleton<IGrainStorage>(GrainStorage.Name, (services, _) => services.GetRequiredService<MemoryState>());
            silo.Services.AddSingleton<IMediaStore>(media);
            silo.Services.AddSingleton<IJobProjection>(projections);
            silo.Services.AddSingleton<ILedgerProjection>(projections);
            silo.Services.AddSingleton<IAccountProjection>(projections);
            silo.Services.AddSingleton<ILipSyncEngine>(new FakeEngine());
            silo.UseInMemoryReminderService();
            silo.AddLipSyncGrains();
            silo.AddLipSyncSlots(SlotKinds.All);

            // The test cluster takes all silos for equal otherwise, and asks nobody what it hosts.
            silo.Configure<SiloMessagingOptions>(options => options.AssumeHomogenousSilosForTesting = false);
            silo.Configure<ClusterMembershipOptions>(options =>
                (options.ProbeTimeout, options.NumMissedProbesLimit, options.NumVotesForDeathDeclaration) = (TimeSpan.FromMilliseconds(500), 3, 1));
        });
        cluster = builder.Build();
    }

    public IGrainFactory Grains => cluster.Client;

    public static async Task<WorkerCluster> Start(params string[] workers)
    {
        var started = new WorkerCluster(workers);
        await started.cluster.DeployAsync();
        return started;
    }

    public Task Add(string worker)
    {
        lock (names)
        {
            names.Enqueue(worker);
        }

        return cluster.StartAdditionalSiloAsync();
    }

    public Task Kill(string silo) => cluster.KillSiloAsync(cluster.Silos.Single(one => one.SiloAddress.ToString() == silo));

    /// <summary>The application stops on the silo's own host only.</summary>
    public IHostApplicationLifetime Lifetime(string silo) =>
        cluster.Silos.Single(one => one.SiloAddress.ToString() == silo).ServiceProvider.GetRequiredService<IHostApplicationLifetime>();

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        if (Directory.Exists(scratch))
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private string NextName()
    {
        lock (names)
        {
            return names.Dequeue();
        }
    }
}
