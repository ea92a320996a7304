using LipSync.Slots;
using LipSync.Slots.Workers;
using Orleans.Configuration;

namespace LipSync.Silo.Roles;

/// <summary>The slots of this machine's devices, and nothing that a job would miss when the machine dies.</summary>
public static class GpuRole
{
    /// <summary>The grains it hosts; what it doesn't host is never placed on it.</summary>
    private static readonly HashSet<Type> Hosted = [typeof(InferenceGrain), typeof(WorkerGrain)];

    public static void AddGpuRole(this WebApplicationBuilder builder) => builder.AddClusterSilo(SiloRole.Gpu, silo =>
    {
        silo.AddLipSyncSlots(SlotKinds.Devices);
        silo.Services.PostConfigure<GrainTypeOptions>(
            options => options.Classes.RemoveWhere(type => type.Assembly == typeof(LipSyncGrains).Assembly && !Hosted.Contains(type)));
    });
}
