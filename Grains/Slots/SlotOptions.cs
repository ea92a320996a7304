using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Slots;

/// <summary>Section <c>LipSync:Slots</c>.</summary>
public sealed class SlotOptions
{
    public const string Section = "LipSync:Slots";

    /// <summary>This machine's name among the slots, stable over restarts; each process of one machine needs its own. It also names the folder that is emptied at every start.</summary>
    [Required, RegularExpression(@"[\w-][\w.-]*")] public string Worker { get; set; } = Environment.MachineName;

    /// <summary>Slots that analyze and render on processor cores.</summary>
    [Range(0, 1024)] public int CpuSlots { get; set; } = Environment.ProcessorCount;

    /// <summary>Slots that fetch, normalise and assemble. More than one, so that a slow source doesn't hold up everyone.</summary>
    [Range(0, 1024)] public int MediaSlots { get; set; } = 2;

    /// <summary>Where items lay their files while they are worked on; emptied at every start.</summary>
    [Required, MinLength(1)] public string ScratchFolder { get; set; } = Path.Combine(Path.GetTempPath(), "lipsync-scratch");

    /// <summary>How often a working slot renews its lease and tells its progress.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")] public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is made sure that every slot pulls.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")] public TimeSpan Supervision { get; set; } = TimeSpan.FromSeconds(10);
}

[OptionsValidator]
internal sealed partial class SlotOptionsValidator : IValidateOptions<SlotOptions>;
