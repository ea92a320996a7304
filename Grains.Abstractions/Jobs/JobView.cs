namespace LipSync.Jobs;

public enum JobStatus { Queued, Processing, Completed, Failed, Cancelled }

/// <summary>A job as its customer sees it.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.JobView")]
public sealed record JobView
{
    [Id(0)] public required string JobId { get; init; }
    [Id(1)] public required InputType InputType { get; init; }
    [Id(2)] public required JobStatus Status { get; init; }
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(4)] public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>Key of the finished video in the media store; only when completed, until it expires.</summary>
    [Id(5)] public string? OutputKey { get; init; }
    /// <summary>Time from the first item's start to the end, or until now.</summary>
    [Id(6)] public TimeSpan? ProcessingTime { get; init; }
    /// <summary>0-100.</summary>
    [Id(7)] public required int Progress { get; init; }
    [Id(8)] public Stage? Stage { get; init; }
    /// <summary>Items of other jobs that will be served before this one's next; 0: being served; null: it waits for nothing, or the queue does not tell.</summary>
    [Id(9)] public int? QueuePosition { get; init; }
    [Id(10)] public TimeSpan? EstimatedTimeRemaining { get; init; }
    /// <summary>Credits spent; 0 for a failed or cancelled job, null while it is not decided.</summary>
    [Id(11)] public long? CreditsUsed { get; init; }
    [Id(12)] public JobError? Error { get; init; }
    [Id(13)] public JobReport? Report { get; init; }
    /// <summary>What was found when the finished video was looked at again; only when completed.</summary>
    [Id(14)] public ReviewKeys? Review { get; init; }
    /// <summary>As in <see cref="JobSpec.Metadata"/>.</summary>
    [Id(15)] public string? Metadata { get; init; }
    /// <summary>When the output is deleted, or was; null: there is none, or it was made before outputs expired.</summary>
    [Id(16)] public DateTimeOffset? OutputExpiresAt { get; init; }
    /// <summary>Key of a preflight's report in the media store; only when it is completed.</summary>
    [Id(17)] public string? InspectionKey { get; init; }
}

/// <param name="Code">One of the contract's stable job failure codes.</param>
/// <param name="Message">A sentence for people: what is wrong, with which input, what to do.</param>
[GenerateSerializer, Immutable, Alias("LipSync.JobError")]
public sealed record JobError([property: Id(0)] string Code, [property: Id(1)] string Message)
{
    /// <summary>Our machines failed at it, again and again.</summary>
    public static JobError ProcessingFailed { get; } =
        new("processing_failed", "The video could not be processed. Nothing was charged; please submit it again.");

    public static JobError Cancelled { get; } = new("cancelled", "The job was cancelled. Nothing was charged.");
}

/// <summary>What was made: facts that a customer may want to check.</summary>
/// <param name="Bytes">The finished video's size; 0 where it was not recorded.</param>
/// <param name="Sha256">Of the finished video's bytes, in lower-case hexadecimal; null where it was not recorded.</param>
[GenerateSerializer, Immutable, Alias("LipSync.JobReport")]
public sealed record JobReport(
    [property: Id(0)] int Width,
    [property: Id(1)] int Height,
    [property: Id(2)] int Fps,
    [property: Id(3)] int Frames,
    [property: Id(4)] double Duration,
    [property: Id(5)] int FacesFound,
    [property: Id(6)] int FramesWithFace,
    [property: Id(7)] long Bytes = 0,
    [property: Id(8)] string? Sha256 = null);

/// <summary>Where a finished video's review lies in the media store, as long as the video itself.</summary>
/// <param name="ReportKey">JSON.</param>
/// <param name="ContactSheetKey">PNG; null where the video could not be looked at.</param>
/// <param name="PlotKey">SVG; null where the video could not be looked at.</param>
[GenerateSerializer, Immutable, Alias("LipSync.ReviewKeys")]
public sealed record ReviewKeys(
    [property: Id(0)] string ReportKey,
    [property: Id(1)] string? ContactSheetKey,
    [property: Id(2)] string? PlotKey);
