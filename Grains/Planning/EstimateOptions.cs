using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Planning;

/// <summary>Section <c>LipSync:Estimates</c>.</summary>
public sealed class EstimateOptions
{
    public const string Section = "LipSync:Estimates";

    /// <summary>Seconds of one slot's work for one second of output, all stages together; about 2 on a processor core.</summary>
    [Range(0.01, 1000)] public double RealTimeFactor { get; set; } = 2;

    /// <summary>Seconds of output assumed where the media is not measured yet and no maxDuration says less.</summary>
    [Range(1, 86_400)] public double UnknownDuration { get; set; } = 60;
}

[OptionsValidator]
internal sealed partial class EstimateOptionsValidator : IValidateOptions<EstimateOptions>;
