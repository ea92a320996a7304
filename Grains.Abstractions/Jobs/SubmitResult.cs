namespace LipSync.Jobs;

/// <param name="Accepted">False: the account has too few credits; nothing was held.</param>
/// <param name="EstimatedCredits">Credits held, or those that were needed.</param>
/// <param name="EstimatedSeconds">Expected time to completion.</param>
[GenerateSerializer, Immutable, Alias("LipSync.SubmitResult")]
public sealed record SubmitResult(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] long EstimatedCredits,
    [property: Id(2)] double EstimatedSeconds);
