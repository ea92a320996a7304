using System.Diagnostics;
using System.Globalization;
using LipSync.Keys;
using LipSync.Tests.Processes;

namespace LipSync.Benchmarks.Cluster.Experiments;

/// <summary>
/// What the loss of one of three silos takes along: how long until every grain answers again, and whether grains of the healthy
/// silos are lost with it. Silos are killed, and frozen with their connections open.
/// </summary>
internal static class Membership
{
    private const int Grains = 300;

    public static async Task Run()
    {
        await Lose("kill -9", victim => victim.Kill());
        await Lose("SIGSTOP", victim => victim.Freeze());
    }

    private static async Task Lose(string how, Func<ProgramProcess, Task> lose)
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Controls = 3, Gpus = 0 });
        await using var client = await ClusterClientHost.Connect(cluster);
        var management = client.Grains.GetGrain<IManagementGrain>(0);
        var keys = Enumerable.Range(0, Grains).Select(number => $"membership-{number}").ToArray();
        await Task.WhenAll(keys.Select(key => Touch(client, key)));
        var victim = cluster.Named("control-3");
        var before = await Activations(management, keys);

        var clock = Stopwatch.StartNew();
        await lose(victim);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await management.GetHosts(onlyActive: true)).Keys.Any(silo => silo.Endpoint.Port == victim.SiloPort))
        {
            await poll.WaitForNextTickAsync();
        }

        var noticed = clock.Elapsed;
        var after = await Activations(management, keys);
        var healthy = before.Where(grain => grain.Value.Endpoint.Port != victim.SiloPort).ToList();
        var kept = healthy.Count(grain => after.GetValueOrDefault(grain.Key) is { } silo && silo.Equals(grain.Value));
        await Task.WhenAll(keys.Select(key => Touch(client, key)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{how}: noticed after {noticed.TotalSeconds:0.0} s, all grains answer after {clock.Elapsed.TotalSeconds:0.0} s; of {healthy.Count} grains on healthy silos {kept} kept, of {Grains - healthy.Count} on the lost one none"));
    }

    private static async Task Touch(ClusterClientHost client, string key)
    {
        while (true)
        {
            try
            {
                await client.Grains.GetGrain<IApiKeyGrain>(key).Identify();
                return;
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
                // Its silo is gone and not yet given up.
            }
        }
    }

    private static async Task<Dictionary<string, SiloAddress>> Activations(IManagementGrain management, string[] keys)
    {
        var statistics = await management.GetDetailedGrainStatistics();
        return statistics.Where(grain => keys.Contains(grain.GrainId.Key.ToString(), StringComparer.Ordinal))
            .ToDictionary(grain => grain.GrainId.Key.ToString()!, grain => grain.SiloAddress, StringComparer.Ordinal);
    }
}
