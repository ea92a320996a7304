using LipSync.Gateway.Reports;
using LipSync.Jobs;

namespace LipSync.Gateway.Lipsync;

/// <summary>A job as its customer sees it. Members without a value are left out.</summary>
public sealed record StatusAnswer
{
    public required string JobId { get; init; }

    public required InputType InputType { get; init; }

    public required JobStatus Status { get; init; }

    /// <summary>When completed: the video. Valid for one hour, opens without a key, new at every call.</summary>
    public string? OutputUrl { get; init; }

    /// <summary>When the video is deleted, or was: from then on there is no <c>outputUrl</c>.</summary>
    public DateTimeOffset? OutputExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Seconds of work, until now or to the end.</summary>
    public double? ProcessingTime { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Progress { get; init; }

    public Stage? Stage { get; init; }

    /// <summary>Pieces of other jobs that will be served before this job's next one.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Seconds.</summary>
    public int? EstimatedTimeRemaining { get; init; }

    /// <summary>Credits spent, once it is decided; 0 for a failed job.</summary>
    public long? CreditsUsed { get; init; }

    /// <summary>When failed: why.</summary>
    public JobError? Error { get; init; }

    /// <summary>As it was given with the request.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>When completed: what was made.</summary>
    public ReportAnswer? Report { get; init; }

    public static StatusAnswer From(JobView job, string? outputUrl, ReportAnswer? report) => new()
    {
        JobId = job.JobId,
        InputType = job.InputType,
        Status = job.Status,
        OutputUrl = outputUrl,
        OutputExpiresAt = job.OutputExpiresAt,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
        ProcessingTime = job.ProcessingTime is { } spent ? Math.Round(spent.TotalSeconds, 1) : null,
        Progress = job.Progress,
        Stage = job.Stage,
        QueuePosition = job.QueuePosition,
        EstimatedTimeRemaining = job.EstimatedTimeRemaining is { } left ? (int)Math.Ceiling(left.TotalSeconds) : null,
        CreditsUsed = job.CreditsUsed,
        Error = job.Error,
        Metadata = Jobs.Metadata.Echo(job.Metadata),
        Report = report,
    };
}
