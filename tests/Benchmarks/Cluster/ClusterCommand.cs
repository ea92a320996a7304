using LipSync.Benchmarks.Cluster.Experiments;

namespace LipSync.Benchmarks.Cluster;

/// <summary>Measures a cluster of real processes on this machine, experiment by experiment.</summary>
internal static class ClusterCommand
{
    private static readonly (string Name, Func<Task> Run)[] Experiments =
    [
        ("handover", HandOver.Run),
        ("scaling", Scaling.Run),
        ("fairness", Fairness.Run),
        ("two-silos", TwoSilos.Run),
        ("add-silo", AddSilo.Run),
        ("gateway", GatewayLoad.Run),
        ("lists", JobLists.Run),
        ("membership", Membership.Run),
    ];

    public static string Names => string.Join('|', Experiments.Select(experiment => experiment.Name));

    /// <param name="args">Names of experiments; none: all.</param>
    public static async Task<int> Run(string[] args)
    {
        if (args.Except(Experiments.Select(experiment => experiment.Name), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no experiment '{unknown}'; there are {Names}.");
            return 2;
        }

        foreach (var (name, run) in Experiments.Where(experiment => args.Length == 0 || args.Contains(experiment.Name, StringComparer.Ordinal)))
        {
            Console.WriteLine($"## {name}");
            await run();
        }

        return 0;
    }
}
