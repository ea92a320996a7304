using LipSync.Jobs;

namespace LipSync.Gateway.Lipsync;

/// <summary>A job that was accepted.</summary>
/// <param name="JobId">Ask for its status with this.</param>
/// <param name="Status">Always <c>queued</c>.</param>
/// <param name="InputType">What the speaker was given as.</param>
/// <param name="EstimatedCredits">Credits held; the job costs at most these.</param>
/// <param name="EstimatedTime">Seconds until it will be completed.</param>
public sealed record GenerateAnswer(
    string JobId,
    JobStatus Status,
    InputType InputType,
    long EstimatedCredits,
    int EstimatedTime)
{
    /// <summary>What of the request has no effect; not there where everything has.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
