using LipSync.Jobs;

namespace LipSync.Gateway.Preflights;

/// <summary>An analysis that takes longer than a request waits.</summary>
/// <param name="AnalysisId">Ask for what was found with this.</param>
/// <param name="Status"><c>queued</c> or <c>processing</c>.</param>
public sealed record PendingAnswer(string AnalysisId, JobStatus Status);
