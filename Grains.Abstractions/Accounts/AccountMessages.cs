namespace LipSync.Accounts;

public enum Plan { Free, Starter, Pro }

/// <summary>Requests that make work are limited by the plan; reads have ten times as many.</summary>
public enum RequestClass { Work, Read }

/// <param name="RequestsPerMinute">Requests that make work.</param>
/// <param name="LongestJobSeconds">The longest output.</param>
/// <param name="LargestUploadBytes">The largest file, uploaded or fetched.</param>
/// <param name="ParallelJobs">Jobs that are worked on at once; others wait. 0 in records from before there was such a limit: none.</param>
/// <param name="ArtifactLife">How long a finished job's output is kept. Zero in records from before outputs expired: not recorded.</param>
[GenerateSerializer, Immutable, Alias("LipSync.PlanLimits")]
public sealed record PlanLimits(
    [property: Id(0)] Plan Plan,
    [property: Id(1)] int RequestsPerMinute,
    [property: Id(2)] double LongestJobSeconds,
    [property: Id(3)] long LargestUploadBytes,
    [property: Id(4)] int ParallelJobs = 0,
    [property: Id(5)] TimeSpan ArtifactLife = default);

/// <summary>The answer to one request's wish for a token.</summary>
/// <param name="Admitted">False: too many requests.</param>
/// <param name="Limit">Requests per minute of this class.</param>
/// <param name="Remaining">Tokens left.</param>
/// <param name="Reset">Until the bucket is full again.</param>
/// <param name="RetryAfter">Until the next token, where none was left.</param>
/// <param name="Suspended">The account is suspended: it is not admitted, and no token was taken.</param>
[GenerateSerializer, Immutable, Alias("LipSync.Admission")]
public sealed record Admission(
    [property: Id(0)] bool Admitted,
    [property: Id(1)] int Limit,
    [property: Id(2)] int Remaining,
    [property: Id(3)] TimeSpan Reset,
    [property: Id(4)] TimeSpan RetryAfter,
    [property: Id(5)] PlanLimits Limits,
    [property: Id(6)] bool Suspended = false);

/// <summary>An account as its owner and the operator see it.</summary>
/// <param name="Available">Credits that may be held.</param>
/// <param name="Held">Credits on open holds.</param>
/// <param name="Suspended">Its requests are refused; jobs that were accepted before go on.</param>
/// <param name="CreatedAt">Null in accounts from before it was recorded.</param>
/// <param name="RunningJobs">Jobs that have one of its places.</param>
/// <param name="WaitingJobs">Jobs that asked for a place and wait for it.</param>
/// <param name="LastSequence">Of its ledger entries; 0 where it was not told.</param>
[GenerateSerializer, Immutable, Alias("LipSync.AccountView")]
public sealed record AccountView(
    [property: Id(0)] string AccountId,
    [property: Id(1)] PlanLimits Limits,
    [property: Id(2)] long Available,
    [property: Id(3)] long Held,
    [property: Id(4)] bool Suspended = false,
    [property: Id(5)] DateTimeOffset? CreatedAt = null,
    [property: Id(6)] int RunningJobs = 0,
    [property: Id(7)] int WaitingJobs = 0,
    [property: Id(8)] long LastSequence = 0);

/// <summary>Credits that are held and neither spent nor freed yet.</summary>
/// <param name="OperationId">The job they are held for.</param>
/// <param name="Since">When they were reserved; null in records from before it was kept.</param>
[GenerateSerializer, Immutable, Alias("LipSync.OpenHold")]
public sealed record OpenHold(
    [property: Id(0)] string OperationId,
    [property: Id(1)] long Credits,
    [property: Id(2)] DateTimeOffset? Since);

public enum GrantResult
{
    Granted,

    /// <summary>This operation granted the same credits before; nothing was added.</summary>
    GrantedBefore,

    /// <summary>This operation granted another number of credits before; nothing was added.</summary>
    Conflict,
}
