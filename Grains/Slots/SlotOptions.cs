using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LipSync.Slots;

/// <summary>Section <c>LipSync:Slots</c>.</summary>
public sealed class SlotOptions
{
    public const string Section = "LipSync:Slots";

    /// <summary>This process's name in the cluster, stable over restarts; each process of one machine needs its own. It also names the folder that is emptied at every start.</summary>
    [Required, RegularExpression(@"[\w-][\w.-]*")] public string Worker { get; set; } = Environment.MachineName;

    /// <summary>Slots that analyze and render on processor cores, where no GPU is used.</summary>
    [Range(0, 1024)] public int CpuSlots { get; set; } = Environment.ProcessorCount;

    /// <summary>Slots that fetch, normalise and assemble. More than one, so that a slow source doesn't hold up everyone.</summary>
    [Range(0, 1024)] public int MediaSlots { get; set; } = 2;

    /// <summary>Whether this machine's GPUs are looked for, one slot for each. By default only a process that offers nothing else looks.</summary>
    public bool DiscoverGpus { get; set; }

    /// <summary>The program that lists the GPUs: a path, or a name on PATH.</summary>
    [Required, MinLength(1)] public string NvidiaSmi { get; set; } = "nvidia-smi";

    /// <summary>Where items lay their files while they are worked on; emptied at every start.</summary>
    [Required, MinLength(1)] public string ScratchFolder { get; set; } = Path.Combine(Path.GetTempPath(), "lipsync-scratch");

    /// <summary>How often a working slot renews its lease and tells its progress; at most a third of <c>LipSync:Dispatch:LeaseDuration</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")] public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a slot tells the directory how it is, besides at every change; the same in every process.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")] public TimeSpan Announcements { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Jobs in a row at which a device must fail to be given up until its process restarts.</summary>
    [Range(1, 100)] public int PoisonAfter { get; set; } = 3;

    /// <summary>How long a stopping process lets its items go on before it hands them back; 3 s by default where the whole service stops with it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")] public TimeSpan DrainPatience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What the kinds of slots that a process offers say about it, before anything is configured.</summary>
    internal static void SetDefaults(SlotOptions options, SlotKinds kinds)
    {
        // A GPU would take the place of all processor slots, on which a service of one process does its rendering.
        options.DiscoverGpus = kinds is SlotKinds.Devices;
        options.DrainPatience = kinds is SlotKinds.All ? TimeSpan.FromSeconds(3) : options.DrainPatience;
    }

    /// <summary>The host gives everything together its shutdown timeout: the silo needs some of it after the last item.</summary>
    internal void LeaveTimeToDrain(HostOptions host)
    {
        var needed = DrainPatience + TimeSpan.FromSeconds(20);
        host.ShutdownTimeout = host.ShutdownTimeout > needed ? host.ShutdownTimeout : needed;
    }
}

[OptionsValidator]
internal sealed partial class SlotOptionsValidator : IValidateOptions<SlotOptions>;
