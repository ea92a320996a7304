using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Dispatch;

/// <summary>Section <c>LipSync:Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    public const string Section = "LipSync:Dispatch";

    /// <summary>How long a silent slot keeps its item before another gets it; slots renew about every second.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")] public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often run-out leases are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")] public TimeSpan ExpiryCheck { get; set; } = TimeSpan.FromSeconds(1);
}

[OptionsValidator]
internal sealed partial class DispatchOptionsValidator : IValidateOptions<DispatchOptions>;
