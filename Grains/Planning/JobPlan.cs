using System.Collections.Immutable;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Media;
using LipSync.Preflights;
using LipSync.Storage;

namespace LipSync.Planning;

/// <summary>What a job may become, and how it is cut into items. Pure: the same state gives the same items.</summary>
public static class JobPlan
{
    private const int ChunksPerSlot = 2;
    private const int LongestChunk = 4 * FrameWriter.SegmentFrames;

    /// <summary>Of the time that chunks of one segment would take: a chunk costs something of its own, too.</summary>
    private const double MostIdleness = 1.1;

    /// <summary>The longest output that the request may have.</summary>
    public static double LongestOutputSeconds(JobSpec spec) => LongestOutputSeconds(spec.Settings, spec.Limits);

    /// <summary>The longest output that a request with these settings may have.</summary>
    public static double LongestOutputSeconds(JobSettings settings, PlanLimits limits) =>
        Math.Min(settings.MaxDuration ?? double.PositiveInfinity, limits.LongestJobSeconds);

    /// <summary>Why an output can't be made under a plan; null: it can.</summary>
    public static JobError? TooLong(IngestResult media, PlanLimits limits) => media.OutputFrames > limits.LongestJobSeconds * media.Fps
        ? new("duration_too_long", $"The output would last longer than {limits.LongestJobSeconds:0} s, the longest that the plan allows. Shorten the input, or set maxDuration.")
        : null;

    /// <summary>
    /// Chunks for several slots to share a job: multiples of the encoder's segment, so that the picture doesn't depend on them; at
    /// least two a slot, so that one slow slot doesn't keep all others waiting, and none so long that a lost slot costs much. Of those
    /// sizes the longest with which no slot stands idle in the last round while others work.
    /// </summary>
    /// <param name="slots">Slots that could render now.</param>
    public static int ChunkFramesFor(int outputFrames, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputFrames);
        slots = Math.Max(slots, 1);
        var segments = Ratio(outputFrames, FrameWriter.SegmentFrames);
        var longest = Math.Min(Ratio(outputFrames, ChunksPerSlot * slots * FrameWriter.SegmentFrames), LongestChunk / FrameWriter.SegmentFrames);
        return FrameWriter.SegmentFrames * Enumerable.Range(1, longest).Last(size => Time(size) <= MostIdleness * Time(1));

        // Of the busiest slot, in segments, where each slot takes one chunk after the other.
        int Time(int size) => size * Ratio(Ratio(segments, size), slots);
    }

    /// <summary>Rounded up.</summary>
    private static int Ratio(int whole, int part) => (int)(((long)whole + part - 1) / part);

    public static int ChunkCount(JobState state) =>
        state is { Media: { } media, ChunkFrames: > 0 } ? Ratio(media.OutputFrames, state.ChunkFrames) : 0;

    /// <summary>Items that must still be done in the present stage.</summary>
    public static IEnumerable<WorkItemId> Unfinished(string jobId, JobState state) => state.Phase.ToStage() switch
    {
        Stage.Render => Enumerable.Range(0, ChunkCount(state)).Where(chunk => !state.Rendered.Contains(chunk))
            .Select(chunk => new WorkItemId(jobId, Stage.Render, chunk)),
        { } stage => [new(jobId, stage, 0)],
        null => [],
    };

    public static bool Wants(string jobId, JobState state, WorkItemId item) =>
        item.JobId == jobId && item.Stage == state.Phase.ToStage() && (item.Stage is Stage.Render
            ? item.Index >= 0 && item.Index < ChunkCount(state) && !state.Rendered.Contains(item.Index)
            : item.Index == 0);

    /// <summary>What a slot must know to do an item of the present stage, which it has begun.</summary>
    public static WorkOrder OrderFor(JobState state, WorkItemId item)
    {
        var spec = state.Request;
        return item.Stage switch
        {
            Stage.Ingest when spec.Purpose is JobPurpose.Preflight => new InspectOrder(spec.InputType, spec.Visual, spec.Speech, spec.Settings, spec.Limits),
            Stage.Ingest => new IngestOrder(spec.InputType, spec.Visual, spec.Speech!, spec.Settings, spec.Limits),
            Stage.Analyze => new AnalyzeOrder(state.Media!, spec.Settings),
            Stage.Render => Render(state, item),
            Stage.Assemble => Assemble(state, item),
            _ => throw new ArgumentOutOfRangeException(nameof(item), item, "No such stage."),
        };
    }

    private static RenderOrder Render(JobState state, WorkItemId item)
    {
        var (first, count) = Chunk(state, item.Index);
        return new(state.Media!, state.Analysis!, first, count, ArtifactKeys.Chunk(item.JobId, first, count));
    }

    private static AssembleOrder Assemble(JobState state, WorkItemId item)
    {
        var fence = state.Attempts.GetValueOrDefault(item.Index).Fence;
        return new(
            state.Media!,
            ChunkKeys(state, item.JobId),
            ArtifactKeys.Output(item.JobId, fence),
            state.Analysis!,
            ArtifactKeys.Review(item.JobId, fence),
            JobDecisions.IsLastAttempt(state, item));
    }

    private static ImmutableArray<string> ChunkKeys(JobState state, string jobId) =>
    [
        .. Enumerable.Range(0, ChunkCount(state)).Select(index => Chunk(state, index))
            .Select(chunk => ArtifactKeys.Chunk(jobId, chunk.First, chunk.Count)),
    ];

    /// <summary>The output frames of a chunk; the last may be shorter.</summary>
    public static (int First, int Count) Chunk(JobState state, int index)
    {
        var first = index * state.ChunkFrames;
        return (first, Math.Min(state.ChunkFrames, state.Media!.OutputFrames - first));
    }
}
