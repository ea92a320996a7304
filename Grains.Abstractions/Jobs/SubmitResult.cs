namespace LipSync.Jobs;

/// <param name="Accepted">False: there is no such job, nothing is held.</param>
/// <param name="EstimatedCredits">Credits held, or those that were needed.</param>
/// <param name="EstimatedSeconds">Expected time to completion.</param>
/// <param name="Refusal">Why it was not accepted; null where it was.</param>
[GenerateSerializer, Immutable, Alias("LipSync.SubmitResult")]
public sealed record SubmitResult(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] long EstimatedCredits,
    [property: Id(2)] double EstimatedSeconds,
    [property: Id(3)] SubmitRefusal? Refusal = null);

public enum SubmitRefusal
{
    /// <summary>The account has fewer credits available than the job may cost.</summary>
    InsufficientCredits,

    /// <summary>A job of this id was submitted with another request.</summary>
    Conflict,
}

public enum CancelResult { Cancelled, NotFound, Ended }
