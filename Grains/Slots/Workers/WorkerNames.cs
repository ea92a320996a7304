using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace LipSync.Slots.Workers;

/// <summary>Who is who among the silos, and whether this process's name is its own.</summary>
public sealed partial class WorkerNames(
    ISiloMetadataCache metadata,
    ISiloStatusOracle silos,
    IOptions<SlotOptions> options,
    IOptions<ClusterMembershipOptions> membership,
    TimeProvider time,
    ILogger<WorkerNames> logger)
{
    /// <summary>A silo that doesn't tell its name in this time has crashed.</summary>
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>A crashed predecessor of the same name is declared dead within this time.</summary>
    private TimeSpan Patience => Introduction + (2 * membership.Value.NumMissedProbesLimit * membership.Value.ProbeTimeout);

    /// <summary>Waits until no other active silo has this worker's name.</summary>
    /// <exception cref="OptionsValidationException">Another process has it, and keeps it.</exception>
    public async Task RequireOwn(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var isFirst = true; ; isFirst = false)
        {
            var others = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(silos.SiloAddress)).ToArray();
            var waited = time.GetElapsedTime(start);
            if (others.FirstOrDefault(silo => metadata.WorkerOf(silo) == options.Value.Worker) is { } twin)
            {
                if (waited > Patience)
                {
                    throw new OptionsValidationException(SlotOptions.Section, typeof(SlotOptions),
                        [$"{SlotOptions.Section}:{nameof(SlotOptions.Worker)} is '{options.Value.Worker}', and so is that of another process ({twin.Endpoint}). Give each process of the cluster a name of its own."]);
                }

                if (isFirst)
                {
                    LogTwin(options.Value.Worker, twin, Patience);
                }
            }
            else if (waited > Introduction || others.All(silo => metadata.WorkerOf(silo) is not null))
            {
                return;
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Another silo, {Silo}, has the name of this worker, {Worker}. Waiting up to {Patience} for it to be declared dead.")]
    private partial void LogTwin(string worker, SiloAddress silo, TimeSpan patience);
}
