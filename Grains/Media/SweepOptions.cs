using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Media;

/// <summary>Section <c>LipSync:Sweep</c>.</summary>
public sealed class SweepOptions
{
    public const string Section = "LipSync:Sweep";

    /// <summary>How long uploads are kept, and what preflights found.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")] public TimeSpan KeepUploads { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long normal media and face tracks are kept for the next job with the same source.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")] public TimeSpan KeepMedia { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long what a lost slot left behind a job is kept; never shorter than the longest life of any plan's outputs. Longer than any plan
    /// ever promised: an output whose plan was shortened since must not be taken for left behind.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")] public TimeSpan KeepOrphans { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How often all are looked through.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan Period { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
internal sealed partial class SweepOptionsValidator : IValidateOptions<SweepOptions>;
