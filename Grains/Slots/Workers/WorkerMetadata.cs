using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace LipSync.Slots.Workers;

/// <summary>What a silo tells the others about the worker that it is.</summary>
internal static class WorkerMetadata
{
    /// <summary>The key of the worker id among a silo's metadata.</summary>
    private const string Key = "lipsync.worker";

    /// <summary>Tells the others this process's worker id, and places grains that are pinned to a worker. Once per silo.</summary>
    public static void AddWorkerPlacement(this ISiloBuilder silo)
    {
        var options = silo.Configuration.GetSection(SlotOptions.Section).Get<SlotOptions>() ?? new();
        silo.UseSiloMetadata(new Dictionary<string, string>(StringComparer.Ordinal) { [Key] = options.Worker });
        silo.AddPlacementDirector<PinnedToWorker, PinnedToWorkerDirector>();
        silo.Services.AddSingleton<WorkerNames>();
    }

    /// <summary>Null: the silo has not told.</summary>
    public static string? WorkerOf(this ISiloMetadataCache metadata, SiloAddress silo) =>
        metadata.GetSiloMetadata(silo).Metadata.GetValueOrDefault(Key);
}
