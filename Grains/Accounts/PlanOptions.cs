using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Accounts;

/// <summary>What each plan allows: section <c>LipSync:Plans</c>.</summary>
public sealed class PlanOptions
{
    public const string Section = "LipSync:Plans";

    [Required, ValidateObjectMembers] public PlanAllowance Free { get; set; } = new() { RequestsPerMinute = 10, LongestJobSeconds = 120, LargestUploadBytes = 200_000_000 };

    [Required, ValidateObjectMembers] public PlanAllowance Starter { get; set; } = new() { RequestsPerMinute = 60, LongestJobSeconds = 600, LargestUploadBytes = 500_000_000 };

    [Required, ValidateObjectMembers] public PlanAllowance Pro { get; set; } = new() { RequestsPerMinute = 300, LongestJobSeconds = 1800, LargestUploadBytes = 2_000_000_000 };

    public PlanLimits For(Plan plan)
    {
        var allowance = plan switch
        {
            Plan.Free => Free,
            Plan.Starter => Starter,
            Plan.Pro => Pro,
            _ => throw new ArgumentOutOfRangeException(nameof(plan), plan, "No such plan."),
        };
        return new(plan, allowance.RequestsPerMinute, allowance.LongestJobSeconds, allowance.LargestUploadBytes);
    }
}

public sealed class PlanAllowance
{
    /// <summary>Requests that make work; reads have ten times as many.</summary>
    [Range(1, 100_000)] public int RequestsPerMinute { get; set; }

    /// <summary>The longest output in seconds.</summary>
    [Range(1, 86_400)] public double LongestJobSeconds { get; set; }

    /// <summary>The largest file, uploaded or fetched.</summary>
    [Range(1, long.MaxValue)] public long LargestUploadBytes { get; set; }
}

[OptionsValidator]
internal sealed partial class PlanOptionsValidator : IValidateOptions<PlanOptions>;
