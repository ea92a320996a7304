using LipSync.Gateway;
using LipSync.Gateway.Hosting;
using LipSync.Silo.Accounts;
using LipSync.Silo.Cluster;
using LipSync.Silo.Storage;
using LipSync.Silo.Storage.Sqlite;
using LipSync.Slots;

namespace LipSync.Silo.Roles;

/// <summary>Everything in one process.</summary>
public static class AllRole
{
    public static void AddAllRole(this WebApplicationBuilder builder)
    {
        var data = builder.Configuration.GetSection(DataOptions.Section).Get<DataOptions>() ?? new DataOptions();
        builder.UseEmbeddedDefaults(data);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(DataFolder.Hold(data));

        builder.UseOrleans(silo => silo
            .UseEmbeddedCluster(new SqliteDatabase(data.Database))
            .AddLipSyncGrains()
            .AddLipSyncSlots(SlotKinds.All));
        builder.AddLipSyncGateway();

        builder.Services.AddHostedService<FirstStart>();
        builder.Services.AddHostedService<ReadyLine>();
    }

    /// <summary>Defaults of one process on its own: files lie in the data folder unless the rooms are told otherwise.</summary>
    private static void UseEmbeddedDefaults(this WebApplicationBuilder builder, DataOptions data) =>
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["LipSync:Media:Folder"] = data.Media,
                ["LipSync:Media:S3:CacheFolder"] = data.MediaCache,
                ["LipSync:Slots:ScratchFolder"] = data.Scratch,

                // The slots die with the queues: nobody holds a lease that could be renewed.
                ["LipSync:Dispatch:AdoptionWindow"] = "00:00:00",
            },
        });
}
