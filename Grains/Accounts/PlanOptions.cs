using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Accounts;

/// <summary>What each plan allows: section <c>LipSync:Plans</c>.</summary>
public sealed class PlanOptions
{
    public const string Section = "LipSync:Plans";

    [Required, ValidateObjectMembers] public PlanAllowance Free { get; set; } = new()
    {
        RequestsPerMinute = 10, ParallelJobs = 2, LongestJobSeconds = 120, LargestUploadBytes = 200_000_000, ArtifactLife = TimeSpan.FromDays(7),
    };

    [Required, ValidateObjectMembers] public PlanAllowance Starter { get; set; } = new()
    {
        RequestsPerMinute = 60, ParallelJobs = 10, LongestJobSeconds = 600, LargestUploadBytes = 500_000_000, ArtifactLife = TimeSpan.FromDays(30),
    };

    [Required, ValidateObjectMembers] public PlanAllowance Pro { get; set; } = new()
    {
        RequestsPerMinute = 300, ParallelJobs = 50, LongestJobSeconds = 1800, LargestUploadBytes = 2_000_000_000, ArtifactLife = TimeSpan.FromDays(90),
    };

    /// <summary>No output of any plan is kept longer.</summary>
    public TimeSpan LongestArtifactLife => new[] { Free.ArtifactLife, Starter.ArtifactLife, Pro.ArtifactLife }.Max();

    public PlanLimits For(Plan plan)
    {
        var allowance = plan switch
        {
            Plan.Free => Free,
            Plan.Starter => Starter,
            Plan.Pro => Pro,
            _ => throw new ArgumentOutOfRangeException(nameof(plan), plan, "No such plan."),
        };
        return new(plan, allowance.RequestsPerMinute, allowance.LongestJobSeconds, allowance.LargestUploadBytes, allowance.ParallelJobs, allowance.ArtifactLife);
    }
}

public sealed class PlanAllowance
{
    /// <summary>Requests that make work; reads have ten times as many.</summary>
    [Range(1, 100_000)] public int RequestsPerMinute { get; set; }

    /// <summary>Jobs that are worked on at once; others wait for their turn.</summary>
    [Range(1, 100_000)] public int ParallelJobs { get; set; }

    /// <summary>The longest output in seconds.</summary>
    [Range(1, 86_400)] public double LongestJobSeconds { get; set; }

    /// <summary>The largest file, uploaded or fetched.</summary>
    [Range(1, long.MaxValue)] public long LargestUploadBytes { get; set; }

    /// <summary>How long outputs are kept.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")] public TimeSpan ArtifactLife { get; set; }
}

[OptionsValidator]
internal sealed partial class PlanOptionsValidator : IValidateOptions<PlanOptions>;
