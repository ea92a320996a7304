using System.Collections.Immutable;
using LipSync.Preflights;

namespace LipSync.Jobs;

/// <summary>What a job remembers: one record, written once for each event.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.JobState")]
public sealed record JobState
{
    [Id(0)] public JobPhase Phase { get; init; }

    [Id(1)] public JobSpec? Spec { get; init; }

    /// <summary>Grows with every event: a later row of the job wins over an earlier one.</summary>
    [Id(2)] public long Version { get; init; }

    [Id(3)] public DateTimeOffset CreatedAt { get; init; }

    [Id(4)] public DateTimeOffset UpdatedAt { get; init; }

    [Id(5)] public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Credits held for the job, or asked for where they were refused.</summary>
    [Id(6)] public long Credits { get; init; }

    /// <summary>Credits spent, once the job ended.</summary>
    [Id(7)] public long? CreditsUsed { get; init; }

    [Id(8)] public IngestResult? Media { get; init; }

    [Id(9)] public AnalyzeResult? Analysis { get; init; }

    /// <summary>Frames of a chunk, fixed when rendering was planned.</summary>
    [Id(10)] public int ChunkFrames { get; init; }

    /// <summary>Numbers of finished chunks.</summary>
    [Id(11)] public ImmutableHashSet<int> Rendered { get; init; } = [];

    [Id(12)] public AssembleResult? Output { get; init; }

    [Id(13)] public JobError? Error { get; init; }

    /// <summary>Attempts at items of the present stage that failed, or whose slot was never heard of again, by index.</summary>
    [Id(14)] public ImmutableDictionary<int, int> FailedAttempts { get; init; } = ImmutableDictionary<int, int>.Empty;

    /// <summary>What must still be done outside, in order. Each effect may be done twice.</summary>
    [Id(15)] public ImmutableArray<JobEffect> Outbox { get; init; } = [];

    /// <summary>The latest attempt at each item of the present stage that was begun, by index.</summary>
    [Id(16)] public ImmutableDictionary<int, ItemAttempt> Attempts { get; init; } = ImmutableDictionary<int, ItemAttempt>.Empty;

    /// <summary>When the output is deleted; null where there is none, and in records from before outputs expired, which are not.</summary>
    [Id(17)] public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What a preflight found.</summary>
    [Id(18)] public InspectResult? Inspection { get; init; }

    /// <summary>The request; every phase but <see cref="JobPhase.None"/> has one.</summary>
    public JobSpec Request => Spec ?? throw new InvalidOperationException("The job was never submitted.");
}

/// <summary>An attempt at an item, recorded before it begins: also one that kills its process is counted.</summary>
/// <param name="Fence">Of its lease. Reports under a smaller one come from a slot that lost the item, and are refused.</param>
/// <param name="IsOpen">Its slot has not reported yet.</param>
[GenerateSerializer, Immutable, Alias("LipSync.ItemAttempt")]
public readonly record struct ItemAttempt([property: Id(0)] long Fence, [property: Id(1)] bool IsOpen);

public enum JobEffectKind
{
    /// <summary>Hold the credits; its answer is the next event.</summary>
    Reserve,

    /// <summary>Lower the hold to the exact price.</summary>
    Reduce,

    /// <summary>Spend the price, free the rest.</summary>
    Settle,

    /// <summary>Free the hold.</summary>
    Release,

    /// <summary>Offer the stage's unfinished items to the queue.</summary>
    Enqueue,

    /// <summary>Take the job's items out of all queues.</summary>
    Forget,

    /// <summary>Write the job's row.</summary>
    Project,

    /// <summary>Delete what only a running job needs.</summary>
    DeleteWork,

    /// <summary>Delete everything that the job made.</summary>
    DeleteAll,

    /// <summary>Ask the account for the job's turn; its yes is the next event.</summary>
    RequestTurn,
}

/// <param name="Credits">For the effects on the account; else 0.</param>
[GenerateSerializer, Immutable, Alias("LipSync.JobEffect")]
public readonly record struct JobEffect([property: Id(0)] JobEffectKind Kind, [property: Id(1)] long Credits = 0);
