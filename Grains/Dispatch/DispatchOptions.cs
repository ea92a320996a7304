using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Dispatch;

/// <summary>Section <c>LipSync:Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    public const string Section = "LipSync:Dispatch";

    /// <summary>Queues of each pool. One serves a hundred slots and more; the same number on every silo, changed only while all are stopped.</summary>
    [Range(1, 64)] public int Shards { get; set; } = 1;

    /// <summary>How long a silent slot keeps its item before another gets it; at least three times <c>LipSync:Slots:Heartbeat</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")] public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often run-out leases are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")] public TimeSpan ExpiryCheck { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a queue that has just come to life hands out nothing, so that slots which work on items of its predecessor can
    /// renew their leases first. Longer than a silo may take to hear of another's death (5 s where it was not told) and one heartbeat
    /// together.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan AdoptionWindow { get; set; } = TimeSpan.FromSeconds(7);
}

[OptionsValidator]
internal sealed partial class DispatchOptionsValidator : IValidateOptions<DispatchOptions>;
