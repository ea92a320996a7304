using System.Collections.Immutable;

namespace LipSync.Jobs;

/// <summary>Reads lists of jobs from the table of jobs, on whatever silo is asked. Its key may be any.</summary>
[Alias("LipSync.IJobListGrain")]
public interface IJobListGrain : IGrainWithIntegerKey
{
    /// <summary>One page, newest first. Rows can be late, by seconds as a rule; what a single job is now, its grain tells.</summary>
    [Alias("List")]
    Task<JobPage> List(JobQuery query);
}

/// <param name="AccountId">Whose jobs; null: all accounts'.</param>
/// <param name="Status">Only those; null: all.</param>
/// <param name="Limit">Jobs on the page, 1 or more.</param>
/// <param name="After">The last job of the page before; null: the first page.</param>
[GenerateSerializer, Immutable, Alias("LipSync.JobQuery")]
public sealed record JobQuery(
    [property: Id(0)] string? AccountId,
    [property: Id(1)] JobStatus? Status,
    [property: Id(2)] int Limit,
    [property: Id(3)] JobPlace? After);

/// <summary>A job's place in a list that is sorted by a time, and by id where times are the same.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.JobPlace")]
public sealed record JobPlace([property: Id(0)] DateTimeOffset At, [property: Id(1)] string JobId);

/// <param name="Next">Where the next page goes on; null: this is the last one.</param>
[GenerateSerializer, Immutable, Alias("LipSync.JobPage")]
public sealed record JobPage([property: Id(0)] ImmutableArray<JobSummary> Jobs, [property: Id(1)] JobPlace? Next);

/// <summary>What lists tell of a job. Members mean the same as <see cref="JobView"/>'s.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.JobSummary")]
public sealed record JobSummary
{
    [Id(0)] public required string JobId { get; init; }
    [Id(1)] public required string AccountId { get; init; }
    [Id(2)] public required InputType InputType { get; init; }
    [Id(3)] public required JobStatus Status { get; init; }
    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(5)] public required DateTimeOffset UpdatedAt { get; init; }
    [Id(6)] public long? CreditsUsed { get; init; }
    [Id(7)] public JobError? Error { get; init; }
    [Id(8)] public string? Metadata { get; init; }
    /// <summary>Null also once the output was deleted.</summary>
    [Id(9)] public string? OutputKey { get; init; }
    [Id(10)] public DateTimeOffset? OutputExpiresAt { get; init; }
}
