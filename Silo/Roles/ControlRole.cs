using LipSync.Slots;

namespace LipSync.Silo.Roles;

/// <summary>Jobs and all that they need but the device slots.</summary>
public static class ControlRole
{
    public static void AddControlRole(this WebApplicationBuilder builder) =>
        builder.AddClusterSilo(SiloRole.Control, silo => silo.AddLipSyncGrains().AddLipSyncSlots(SlotKinds.Media));
}
