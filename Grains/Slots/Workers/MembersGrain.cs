using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace LipSync.Slots.Workers;

/// <summary>On whatever silo is asked, so that no silo which stands still can keep the answer from anybody.</summary>
[GrainType("members")]
[StatelessWorker]
public sealed class MembersGrain(IClusterMembershipService membership, ISiloMetadataCache metadata) : Grain, IMembersGrain
{
    public Task<ImmutableArray<MemberView>> List() => Task.FromResult(membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status is not SiloStatus.Dead)
        .GroupBy(member => metadata.WorkerOf(member.SiloAddress) ?? member.Name, StringComparer.Ordinal)
        .OrderBy(silos => silos.Key, StringComparer.Ordinal)
        .Select(silos => View(silos.Key, silos.MaxBy(silo => silo.SiloAddress.Generation)!))
        .ToImmutableArray());

    private static MemberView View(string worker, ClusterMember silo) =>
        new(worker, silo.SiloAddress.ToString(), silo.Status is SiloStatus.ShuttingDown or SiloStatus.Stopping);
}
