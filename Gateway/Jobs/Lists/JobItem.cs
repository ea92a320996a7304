using LipSync.Jobs;

namespace LipSync.Gateway.Jobs.Lists;

/// <summary>A job in a list. Members without a value are left out.</summary>
public sealed record JobItem
{
    public required string JobId { get; init; }

    /// <summary>Whose job it is; in the operator's list only.</summary>
    public string? AccountId { get; init; }

    public required InputType InputType { get; init; }

    public required JobStatus Status { get; init; }

    /// <summary>When completed: the video. Valid for one hour, opens without a key, new at every call.</summary>
    public string? OutputUrl { get; init; }

    /// <summary>When the video is deleted, or was.</summary>
    public DateTimeOffset? OutputExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Credits spent, once it is decided; 0 for a failed job.</summary>
    public long? CreditsUsed { get; init; }

    /// <summary>When failed or cancelled: why.</summary>
    public JobError? Error { get; init; }

    /// <summary>As it was given with the request.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
