using LipSync.Accounts;

namespace LipSync.Gateway.Accounts;

/// <summary>An account: its plan, its credits and what it may do.</summary>
public sealed record AccountAnswer
{
    public required string AccountId { get; init; }

    public required Plan Plan { get; init; }

    /// <summary>Whether its requests are refused.</summary>
    public required bool Suspended { get; init; }

    public required CreditsAnswer Credits { get; init; }

    public required LimitsAnswer Limits { get; init; }

    public required JobPlacesAnswer Jobs { get; init; }

    /// <summary>Left out for accounts from before it was recorded.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public static AccountAnswer From(AccountView view) => new()
    {
        AccountId = view.AccountId,
        Plan = view.Limits.Plan,
        Suspended = view.Suspended,
        Credits = new(view.Available, view.Held),
        Limits = new(
            view.Limits.RequestsPerMinute,
            view.Limits.ParallelJobs is 0 ? null : view.Limits.ParallelJobs,
            view.Limits.LongestJobSeconds,
            view.Limits.LargestUploadBytes,
            view.Limits.ArtifactLife == TimeSpan.Zero ? null : (long)view.Limits.ArtifactLife.TotalSeconds),
        Jobs = new(view.RunningJobs, view.WaitingJobs),
        CreatedAt = view.CreatedAt,
    };
}

/// <param name="Available">Credits that may be spent.</param>
/// <param name="Held">Credits that are kept back for jobs that have not ended.</param>
public sealed record CreditsAnswer(long Available, long Held);

/// <summary>What the account's plan allows.</summary>
/// <param name="RequestsPerMinute">Requests that make work; reads have ten times as many.</param>
/// <param name="ParallelJobs">Jobs that are worked on at once; others wait. Left out where there is no limit.</param>
/// <param name="LongestJobSeconds">The longest output.</param>
/// <param name="LargestUploadBytes">The largest file, uploaded or fetched.</param>
/// <param name="OutputLifeSeconds">How long a finished job's output is kept.</param>
public sealed record LimitsAnswer(int RequestsPerMinute, int? ParallelJobs, double LongestJobSeconds, long LargestUploadBytes, long? OutputLifeSeconds);

/// <param name="Running">Jobs that are worked on, or may be.</param>
/// <param name="Waiting">Jobs that wait until another one of the account ends.</param>
public sealed record JobPlacesAnswer(int Running, int Waiting);
