using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Reconciliation;

/// <summary>Section <c>LipSync:Reconciliation</c>.</summary>
public sealed class ReconciliationOptions
{
    public const string Section = "LipSync:Reconciliation";

    /// <summary>How often holds are compared with jobs.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan Period { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How old a hold without a job must be before it expires.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")] public TimeSpan OrphanAge { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
internal sealed partial class ReconciliationOptionsValidator : IValidateOptions<ReconciliationOptions>;
