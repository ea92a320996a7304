using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Cluster;

/// <summary>Section <c>LipSync:Cluster</c>: which cluster a process belongs to.</summary>
public sealed class ClusterSettings
{
    public const string Section = "LipSync:Cluster";

    /// <summary>Processes that have it in common find each other.</summary>
    [Required, MinLength(1)] public string ClusterId { get; set; } = "lipsync";

    /// <summary>Whose records these are, whatever cluster works on them: never change it.</summary>
    [Required, MinLength(1)] public string ServiceId { get; set; } = "lipsync";
}

[OptionsValidator]
internal sealed partial class ClusterSettingsValidator : IValidateOptions<ClusterSettings>;
