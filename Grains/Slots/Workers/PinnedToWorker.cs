using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace LipSync.Slots.Workers;

/// <summary>The grain lives in the process whose worker id is its key's part before the first <c>/</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PinnedToWorkerAttribute() : PlacementAttribute(new PinnedToWorker());

[GenerateSerializer, Immutable, Alias("LipSync.PinnedToWorker")]
public sealed class PinnedToWorker : PlacementStrategy;

/// <summary>
/// Finds a worker's silo by the metadata that every silo tells of itself. Silos that are not active are no candidates: rows of dead
/// ones, with the same names, are seen again whenever a silo starts.
/// </summary>
public sealed class PinnedToWorkerDirector(ISiloMetadataCache metadata) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var key = target.GrainIdentity.Key.ToString()!;
        var worker = key.Split('/', 2)[0];
        var hosts = context.GetCompatibleSilos(target).Where(silo => metadata.WorkerOf(silo) == worker);

        // A worker that crashed and came back may be seen twice until its old silo is declared dead.
        var youngest = hosts.MaxBy(silo => silo.Generation);
        return youngest is null ? throw new WorkerAbsentException(worker) : Task.FromResult(youngest);
    }
}

/// <summary>
/// No active silo is this worker. Not an <see cref="OrleansException"/>, which the placement would take for a passing fault and try
/// again, with log lines for each attempt.
/// </summary>
[GenerateSerializer, Alias("LipSync.WorkerAbsentException")]
public sealed class WorkerAbsentException(string worker) : Exception(
    $"No process of this cluster is the worker '{worker}'. It may have stopped or not announced itself yet; the slot directory lists those that work.");
